import { afterEach, expect, test, vi } from 'vitest';
import { answerCall } from '../../../electron/answerCall.ts';
import type { Host } from '../../../electron/contract.ts';

afterEach(() => vi.restoreAllMocks());

test('a fault is logged by its kind and its place in the code, without its message or any folder', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
  const host = {
    storage: async () => {
      throw new TypeError("no such file 'Sarah Connor.wav'\n    at open (/home/sarah/talk.ts:1:2)");
    },
  } as unknown as Host;
  const reply = await answerCall(host, 'storage', {});
  expect(reply).toMatchObject({ ok: false, failure: { code: 'fault' } });
  expect(JSON.stringify(reply)).not.toMatch(/Sarah|sarah/);
  const [line] = logged.mock.calls.flat();
  expect(line).toMatch(/^A fault: TypeError at \S.* in answerCall\.test\.ts:\d+:\d+ at /);
  expect(line).not.toMatch(/sarah|no such file|[\\/]/i);
});

test('what is thrown without being an error says nothing of itself', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
  const host = { storage: () => Promise.reject('Sarah Connor') } as unknown as Host;
  expect(await answerCall(host, 'storage', {})).toMatchObject({ ok: false, failure: { code: 'fault' } });
  expect(logged.mock.calls.flat()).toEqual(['A fault: unknown']);
});
