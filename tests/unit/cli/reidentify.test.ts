import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runReidentify } from '../../../core/cli/reidentify.ts';
import { aliasMap, sealMap } from '../../../core/export/aliasMap.ts';
import { POLICY_PRESETS } from '../../../core/redaction/policy.ts';
import { marked, transcriptOf } from '../redaction/transcript.ts';

let folder: string;
const printed: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-reidentify-'));
  printed.length = 0;
  vi.stubEnv('SOTTO_PASSPHRASE', 'correct horse battery');
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      printed.push(String(text));
      return true;
    });
  const transcript = marked(transcriptOf(['I am Sarah Connor.']), 'PERSON', 'Sarah Connor');
  await writeFile(
    join(folder, 'call.map'),
    await sealMap(aliasMap(transcript, POLICY_PRESETS.standard), 'correct horse battery'),
  );
  await writeFile(join(folder, 'call.redacted.txt'), 'I am [PERSON_1].\n');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

test('prints the originals and writes nothing', async () => {
  const code = await runReidentify([join(folder, 'call.redacted.txt'), '--map', join(folder, 'call.map')]);
  expect([code, ...printed]).toEqual([0, 'I am Sarah Connor.\n', 'Put back: 1.\n']);
  expect((await readdir(folder)).sort()).toEqual(['call.map', 'call.redacted.txt']);
});

test('says in one sentence what is missing or wrong, without a name in it', async () => {
  const file = join(folder, 'call.redacted.txt');
  await expect(runReidentify([file])).rejects.toThrow(/Name one file and its map/);
  await expect(runReidentify([file, '--map', join(folder, 'other.map')])).rejects.toThrow(
    /other.map was not found/,
  );
  vi.stubEnv('SOTTO_PASSPHRASE', 'wrong horse battery');
  await expect(runReidentify([file, '--map', join(folder, 'call.map')])).rejects.toThrow(
    '"call.map" does not open: the passphrase is another one, or the file was altered; check the passphrase and try again.',
  );
  expect(printed.join()).not.toContain('Sarah');
});
