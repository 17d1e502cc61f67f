import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RedactionHead } from '../../../core/redaction/head/head.ts';
import { openRedactorPack } from '../../../core/redaction/head/pack.ts';

const TOY = join(import.meta.dirname, '../../fixtures/redactor');

let models: string;
beforeAll(async () => {
  models = await mkdtemp(join(tmpdir(), 'sotto-packs-'));
});
afterAll(() => rm(models, { recursive: true }));

/** A copy of the toy as the pack that ships, its manifest changed. */
async function shipped(change: (manifest: Record<string, unknown>) => void): Promise<string> {
  const directory = join(models, 'redactor');
  await cp(TOY, directory, { recursive: true });
  const path = join(directory, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  change(manifest);
  await writeFile(path, JSON.stringify(manifest));
  return directory;
}

test('a program without the pack has no head, one with it loads it', async () => {
  expect(await RedactionHead.loadIfThere(models, 1)).toBeNull();
  await shipped(() => {});
  const head = await RedactionHead.loadIfThere(models, 1);
  expect(head!.pack.labels).toContain('PERSON');
  expect(head!.hears(512)).toBe(true);
  expect(head!.hears(384)).toBe(false);
  await head!.close();
});

test('a head that was trained on text alone hears nobody', async () => {
  const directory = await shipped((manifest) => {
    manifest.recogniser = { ...(manifest.recogniser as object), listens: false };
  });
  const head = await RedactionHead.load(directory, 1);
  expect(head.hears(512)).toBe(false);
  await head.close();
});

test.each([
  ['labels that Sotto does not know', (manifest) => (manifest.classes = ['O', 'B-SHOE', 'I-SHOE'])],
  ['classes in another order', (manifest) => (manifest.classes = ['O', 'I-PERSON', 'B-PERSON'])],
  ['another kind', (manifest) => (manifest.kind = 'recognizer')],
] satisfies [string, (manifest: Record<string, unknown>) => unknown][])(
  'a manifest with %s is refused with a sentence',
  async (_, change) => {
    const directory = await shipped(change);
    await expect(openRedactorPack(directory)).rejects.toMatchObject({
      code: 'pack-damaged',
      message: expect.stringContaining('does not describe a redactor'),
    });
  },
);

test('an altered graph is never run', async () => {
  const directory = await shipped(() => {});
  const graph = await readFile(join(directory, 'head.onnx'));
  graph[graph.length - 1]! ^= 1;
  await writeFile(join(directory, 'head.onnx'), graph);
  await expect(RedactionHead.loadIfThere(models, 1)).rejects.toMatchObject({
    code: 'pack-damaged',
    message: expect.stringContaining('its file head.onnx is altered'),
  });
});
