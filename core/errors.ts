/** What can go wrong in a way that a person must be told about; each code is also an exit code of the command line. */
export type UserErrorCode =
  | 'not-found'
  | 'unreadable'
  | 'empty'
  | 'silent'
  | 'corrupt'
  | 'unsupported'
  | 'needs-ffmpeg'
  | 'pack-damaged'
  | 'leak'
  | 'disk'
  | 'usage';

/**
 * An error whose message is one plain sentence for a person: what happened, to which file, and what to do next.
 * It never contains transcript text.
 */
export class UserError extends Error {
  readonly code: UserErrorCode;

  constructor(code: UserErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'UserError';
    this.code = code;
  }
}

/**
 * The kind of an unexpected failure and its last places in the code, for a log or a report. Its message is left out: it
 * could quote what was said, or name a file; so are the folders, which name the person.
 */
export function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { name, message, stack = '' } = error;
  const frames = stack.slice(stack.indexOf(message) + message.length).split('\n');
  const places = frames.flatMap((line) => {
    const [, code, file] = /^ {4}at (?:(.+) \()?(?:.*[\\/])?([^\\/]+:\d+:\d+)\)?$/.exec(line) ?? [];
    return file === undefined ? [] : [`at ${code === undefined ? '' : `${code} in `}${file}`];
  });
  return [/^\w+$/.test(name) ? name : 'Error', ...places.slice(0, 3)].join(' ');
}
