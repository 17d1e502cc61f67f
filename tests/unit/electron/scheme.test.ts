import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schemeAnswers } from '../../../electron/scheme.ts';

const CHOSEN = 'a'.repeat(32);

describe('the app’s own scheme', () => {
  let folder: string;
  let answer: ReturnType<typeof schemeAnswers>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sotto-scheme-'));
    await mkdir(join(folder, 'page'));
    await writeFile(join(folder, 'page', 'index.html'), '<p>page</p>');
    await writeFile(join(folder, 'secret.html'), 'secret');
    await writeFile(join(folder, 'call.mp3'), Buffer.alloc(1000));
    answer = schemeAnswers(join(folder, 'page'), async (id) =>
      id === CHOSEN ? join(folder, 'call.mp3') : null,
    );
  });
  afterAll(() => rm(folder, { recursive: true }));

  const get = (path: string, range: string | null = null) =>
    answer({ url: `sotto://app${path}`, method: 'GET', range });

  test('serves the page with a strict policy, and nothing outside its folder', async () => {
    const page = await get('/index.html');
    expect(page.status).toBe(200);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    for (const path of ['/../secret.html', '/%2e%2e/secret.html', '/..%2fsecret.html', '/missing.html', '/%'])
      expect((await get(path)).status, path).toBe(404);
    const foreign = await answer({ url: 'sotto://other/index.html', method: 'GET', range: null });
    expect(foreign.status).toBe(404);
  });

  test('serves only recordings that were chosen, by their ids', async () => {
    expect((await get(`/media/${CHOSEN}`)).headers['content-type']).toBe('audio/mpeg');
    expect((await get(`/media/${'b'.repeat(32)}`)).status).toBe(404);
    expect((await get('/media/../secret.html')).status).toBe(404);
  });

  // The cases of RFC 9110, section 14.1.2, on a file of 1000 bytes.
  test.each([
    ['bytes=0-499', 206, 'bytes 0-499/1000', '500'],
    ['bytes=500-', 206, 'bytes 500-999/1000', '500'],
    ['bytes=-100', 206, 'bytes 900-999/1000', '100'],
    ['bytes=-2000', 206, 'bytes 0-999/1000', '1000'],
    ['bytes=900-2000', 206, 'bytes 900-999/1000', '100'],
    ['bytes=1000-', 416, 'bytes */1000', undefined],
    ['bytes=5-4', 416, 'bytes */1000', undefined],
  ])('answers %s of a recording with %i and %s', async (range, status, contentRange, length) => {
    const response = await get(`/media/${CHOSEN}`, range);
    expect(response.status).toBe(status);
    expect(response.headers['content-range']).toBe(contentRange);
    expect(response.headers['content-length']).toBe(length);
  });
});
