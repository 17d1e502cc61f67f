import { UserError } from '../errors.ts';
import { EXIT_CODES, EXIT_FAULT } from './exitCode.ts';
import type { Reporter } from './reporter.ts';

/** Reports why a recording, or with null the whole run, failed; returns its exit code. */
export function reportFailure(error: unknown, recording: string | null, reporter: Reporter): number {
  if (error instanceof UserError) {
    reporter.failed(recording, error.code, error.message);
    return EXIT_CODES[error.code];
  }
  // The message of a fault could quote what was said, so only its kind and its place in the code are shown.
  reporter.failed(
    recording,
    'fault',
    `Sotto has a fault and stopped here: ${place(error)}. Please report this line.`,
  );
  return EXIT_FAULT;
}

function place(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return [error.name, ...frames.slice(0, 2).map((line) => line.trim())].join(' ');
}
