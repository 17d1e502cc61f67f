#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readCommandLine, USAGE } from './cli/arguments.ts';
import { EXIT_CODES, EXIT_FAULT } from './cli/exitCode.ts';
import { runJobs } from './cli/jobs.ts';
import { reporterFor } from './cli/reporter.ts';
import { UserError } from './errors.ts';
import { modelsDirectory } from './project/modelsDirectory.ts';

async function main(argv: readonly string[]): Promise<number> {
  const json = argv.includes('--json');
  try {
    const commandLine = readCommandLine(argv);
    const models = modelsDirectory(process.argv[1]!);
    if (commandLine.help) process.stdout.write(USAGE);
    else if (commandLine.version) process.stdout.write(`sotto ${versionBeside(models)}\n`);
    else return await runJobs(commandLine, models, reporterFor(commandLine), cancelOnInterrupt());
    return 0;
  } catch (error) {
    const reporter = reporterFor({ json, quiet: true });
    if (error instanceof UserError) {
      reporter.failed(null, error.code, error.message);
      return EXIT_CODES[error.code];
    }
    // The message could quote what was said, so only the kind of fault and the place in the code are shown.
    reporter.failed(
      null,
      'fault',
      `Sotto has a fault and stopped: ${faultPlace(error)}. Please report this line.`,
    );
    return EXIT_FAULT;
  }
}

/** The first interrupt cancels, so that nothing is left half written; the second ends at once. */
function cancelOnInterrupt(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}

function versionBeside(models: string): string {
  const manifest = readFileSync(join(dirname(models), 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

function faultPlace(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return [
    error.name,
    ...(error.stack ?? '')
      .split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 2),
  ]
    .map((line) => line.trim())
    .join(' ');
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
