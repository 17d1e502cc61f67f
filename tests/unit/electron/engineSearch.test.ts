import { join } from 'node:path';
import { expect, test } from 'vitest';
import { POLICY_PRESETS } from '../../../core/redaction/policy.ts';
import type { FromEngine } from '../../../electron/engineMessages.ts';
import { runEngine } from '../../../electron/engineTasks.ts';
import { transcriptOf } from '../redaction/transcript.ts';

test('the engine searches what was edited, with or without a redactor’s pack', async () => {
  const id = '0'.repeat(32);
  let send: (message: unknown) => void = () => {};
  const answer = new Promise<FromEngine>((resolve) => {
    runEngine({
      post: resolve,
      receive: (listener) => {
        send = listener;
      },
    });
  });
  const transcript = transcriptOf(['we talked', 'my name is Priyanka Venkataraman']);
  const models = join(import.meta.dirname, 'no such folder');
  const task = { kind: 'search', transcript, edited: ['s2'], policy: POLICY_PRESETS.standard, models };
  send({ type: 'run', id, task });
  expect(await answer).toMatchObject({
    type: 'done',
    id,
    result: { kind: 'search', found: [{ label: 'PERSON', words: ['w6', 'w7'], decision: 'pending' }] },
  });
});
