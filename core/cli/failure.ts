import { placeOf, UserError } from '../errors.ts';
import { EXIT_CODES, EXIT_FAULT } from './exitCode.ts';
import type { Reporter } from './reporter.ts';

/** Reports why a recording, or with null the whole run, failed; returns its exit code. */
export function reportFailure(error: unknown, recording: string | null, reporter: Reporter): number {
  if (error instanceof UserError) {
    reporter.failed(recording, error.code, error.message);
    return EXIT_CODES[error.code];
  }
  reporter.failed(
    recording,
    'fault',
    `Sotto has a fault and stopped here: ${placeOf(error)}. Please report this line.`,
  );
  return EXIT_FAULT;
}
