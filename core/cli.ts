#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readCommandLine, USAGE } from './cli/arguments.ts';
import { reportFailure } from './cli/failure.ts';
import { runJobs } from './cli/jobs.ts';
import { runLive } from './cli/live.ts';
import { runReidentify } from './cli/reidentify.ts';
import { reporterFor } from './cli/reporter.ts';
import { modelsDirectory } from './project/modelsDirectory.ts';

async function main(argv: readonly string[]): Promise<number> {
  const json = argv.includes('--json');
  try {
    if (argv[0] === 'live')
      return await runLive(argv.slice(1), () => modelsDirectory(process.argv[1]!), cancelOnInterrupt());
    if (argv[0] === 'reidentify') return await runReidentify(argv.slice(1));
    const commandLine = readCommandLine(argv);
    const models = modelsDirectory(process.argv[1]!);
    if (commandLine.help) process.stdout.write(USAGE);
    else if (commandLine.version) process.stdout.write(`sotto ${versionBeside(models)}\n`);
    else return await runJobs(commandLine, models, reporterFor(commandLine), cancelOnInterrupt());
    return 0;
  } catch (error) {
    return reportFailure(error, null, reporterFor({ json, quiet: true }));
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

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
