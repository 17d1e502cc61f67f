import { UserError } from '../errors.ts';
import { EXPORT_FORMATS } from '../export/exporter.ts';
import { QUIET_SECONDS, WORDS_AFTER } from '../live/liveMask.ts';
import { POLICY_NAMES } from '../redaction/policy.ts';
import { parseOptions, readShared, SHARED_OPTIONS, type SharedOptions } from './options.ts';

export interface LiveCommandLine extends SharedOptions {
  /** A WAV file that is being written, or `-` for standard input. */
  readonly recording: string;
  /** Seconds without growth after which the file counts as finished. */
  readonly idle: number;
}

export const LIVE_USAGE = `Usage: sotto live [options] RECORDING.wav
       RECORDER | sotto live [options] -

Prints what is said while it is recorded, with personal data masked. RECORDING.wav is a file that a
recorder is writing; "-" is standard input, WAV or 16-bit samples of one channel at 16 kHz:

  arecord -f S16_LE -r 16000 -c 1 | sotto live -
  ffmpeg -i MICROPHONE_OR_STREAM -f wav - | sotto live -

A word is printed once and never changed. It costs time: a name is often known only by what follows,
so a word waits until ${WORDS_AFTER} more were said (four or five seconds of talk) or nobody spoke for ${QUIET_SECONDS} s, and a
number until it is over. On a terminal dots stand for words that wait. Where only much later talk
gives a name away, it was printed before: the transcript, which is searched as a whole, masks it.
Masked values are printed as [PERSON_1] even where a policy file replaces them otherwise.

The recording ends when the input does, when the file no longer grows, or with Ctrl-C. Then the
transcript is written as NAME.redacted.txt beside the recording, or live.redacted.txt here.

  --policy NAME     ${POLICY_NAMES.join(', ')}, or a policy file (default: standard)
  --format LIST     ${EXPORT_FORMATS.join(', ')}; separate several with commas (default: txt)
  --out FOLDER      write the transcript there
  --language CODE   language spoken, such as en or de (default: detect, two seconds into the talk)
  --model NAME      base, tiny, or the folder of a model pack (default: base)
  --full            print words at once with nothing masked, and also write NAME.full.EXT
  --idle SECONDS    how long the file may stand still before the recording is over (default: 10)
  --help
`;

/** @throws UserError `usage` for options that do not exist or make no sense. */
export function readLiveCommandLine(argv: readonly string[]): LiveCommandLine {
  const { values, positionals } = parseOptions(argv, {
    ...SHARED_OPTIONS,
    idle: { type: 'string', default: '10' },
  });
  const idle = Number(values.idle);
  if (!(idle > 0)) throw new UserError('usage', `--idle takes seconds, not "${values.idle}"; see --help.`);
  const shared = readShared(values);
  if (positionals.length !== 1 && !values.help)
    throw new UserError(
      'usage',
      'Name one recording to follow, or "-" for standard input; see sotto live --help.',
    );
  return { ...shared, recording: positionals[0] ?? '', idle };
}
