import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { ROOT } from '../runtime.ts';

const FOLDER = join(ROOT, '.work/eval/venv');
const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt');

/**
 * The Python that holds what requirements.txt pins, in a folder that git ignores; made at the first call (0.5 GB).
 * @throws UserError where there is no Python 3.10 or newer, or where it cannot install packages.
 */
export function pythonEnvironment(): string {
  const python =
    process.platform === 'win32' ? join(FOLDER, 'Scripts/python.exe') : join(FOLDER, 'bin/python');
  const stamp = join(FOLDER, 'requirements.sha256');
  const wanted = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;
  mkdirSync(FOLDER, { recursive: true });
  process.stderr.write(`Making a Python environment in ${FOLDER} (once; it downloads 200 MB)\n`);
  const system = process.platform === 'win32' ? 'python' : 'python3';
  run(
    [system, '-m', 'venv', FOLDER],
    'Python 3.10 or newer with its venv module is needed for the comparison with Presidio; install it and run the command again.',
  );
  run(
    [python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS],
    `pip could not install what ${REQUIREMENTS} lists, see its message above; it needs PyPI or a mirror (PIP_INDEX_URL). Without Presidio: npm run eval:redaction -- FILE.jsonl.`,
  );
  writeFileSync(stamp, wanted);
  return python;
}

function run([command, ...options]: readonly [string, ...string[]], otherwise: string): void {
  const { status } = spawnSync(command, options, { stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new UserError('not-found', otherwise);
}
