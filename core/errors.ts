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
