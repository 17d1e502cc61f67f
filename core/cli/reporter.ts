import type { JobProgress } from '../project/progress.ts';

/** Tells whoever started the command how it goes. Errors always go to standard error, one sentence each. */
export interface Reporter {
  start(recording: string, index: number, count: number): void;
  progress(progress: JobProgress): void;
  wrote(path: string): void;
  /** A sentence that is no error, such as that nothing was said. */
  note(recording: string, message: string): void;
  failed(recording: string | null, code: string, message: string): void;
  done(recording: string): void;
}

const BAR_WIDTH = 24;

/** Chooses by options: JSON lines, a bar where standard error is a terminal, plain lines otherwise. */
export function reporterFor(options: { json: boolean; quiet: boolean }): Reporter {
  if (options.json) return jsonReporter();
  return textReporter(options.quiet, process.stderr.isTTY === true && !options.quiet);
}

function jsonReporter(): Reporter {
  const print = (event: string, fields: object) =>
    process.stdout.write(`${JSON.stringify({ event, ...fields })}\n`);
  let recording = '';
  return {
    start(path, index, count) {
      recording = path;
      print('start', { recording, index, count });
    },
    progress: (progress) => print('progress', { recording, ...progress }),
    wrote: (path) => print('wrote', { recording, path }),
    note: (path, message) => print('note', { recording: path, message }),
    failed: (path, code, message) => print('error', { recording: path, code, message }),
    done: (path) => print('done', { recording: path }),
  };
}

function textReporter(quiet: boolean, terminal: boolean): Reporter {
  const clear = terminal ? '\r\x1b[2K' : '';
  const say = (line: string) => {
    if (!quiet) process.stderr.write(`${clear}${line}\n`);
  };
  return {
    start(recording, index, count) {
      say(count > 1 ? `${recording} (${index + 1} of ${count})` : recording);
    },
    progress(progress) {
      if (terminal) process.stderr.write(`${clear}${progressLine(progress)}`);
    },
    wrote: (path) => say(`wrote ${path}`),
    note: (_recording, message) => say(message),
    failed(_recording, _code, message) {
      process.stderr.write(`${clear}${message}\n`);
    },
    done() {},
  };
}

/** `listening ████░░░░  42 %  0:31 elapsed, 0:43 left`. */
export function progressLine(progress: JobProgress): string {
  const elapsed = `${clock(progress.elapsed)} elapsed`;
  const left = progress.remaining === null ? '' : `, ${clock(progress.remaining)} left`;
  if (progress.duration === null || progress.duration === 0)
    return `${progress.stage}  ${clock(progress.audioSeconds)} heard  ${elapsed}`;
  const share = Math.min(progress.audioSeconds / progress.duration, 1);
  const full = Math.round(share * BAR_WIDTH);
  const bar = '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
  return `${progress.stage} ${bar} ${String(Math.round(share * 100)).padStart(3)} %  ${elapsed}${left}`;
}

/** Seconds as `m:ss` or `h:mm:ss`. */
function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes}:${two(whole % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}
