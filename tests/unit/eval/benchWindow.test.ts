import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../runtime.ts';

test('the bench of the window says in one sentence what it lacks', () => {
  const bench = join(ROOT, 'tests', 'bench', 'window', 'app.ts');
  const run = (env: NodeJS.ProcessEnv, ...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', bench, ...args], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, CI: '', ...env },
    });
  const missing = run({}, '--program', '/nowhere/sotto');
  expect([missing.status, missing.stdout]).toEqual([1, '']);
  expect(missing.stderr.trim().split('\n').at(-1)).toBe(
    'There is no program /nowhere/sotto; make one with npm run dist, or leave --program out.',
  );
  expect(missing.stderr).not.toMatch(/^ {4}at /m);
});
