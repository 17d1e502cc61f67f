import { describe, expect, test } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import { POLICY_PRESETS } from '../../../core/redaction/policy.ts';
import type { Transcript } from '../../../core/transcript/schema.ts';
import { CancelledError, EngineLink, type EngineProcess } from '../../../electron/engineLink.ts';
import type { FromEngine, Task, ToEngine } from '../../../electron/engineMessages.ts';
import { newId } from '../../../electron/ids.ts';

/** An engine's process as the host sees it, with what was sent to it. */
class FakeEngine implements EngineProcess {
  readonly received: ToEngine[] = [];
  killed = false;
  private receive: (message: unknown) => void = () => {};
  private gone: () => void = () => {};

  post(message: ToEngine): void {
    this.received.push(message);
  }
  onMessage(receive: (message: unknown) => void): void {
    this.receive = receive;
  }
  onExit(gone: () => void): void {
    this.gone = gone;
  }
  kill(): void {
    this.killed = true;
    this.gone();
  }
  say(message: FromEngine): void {
    this.receive(message);
  }
  crash(): void {
    this.gone();
  }
}

const transcript: Transcript = {
  format: 'sotto-transcript',
  version: 1,
  recording: { name: 'call', duration: 1 },
  language: 'en',
  model: { pack: 'base', sha256: 'abc' },
  speakers: [],
  segments: [],
  entities: [],
};

const waveform = { rate: 50, peaks: 'AAAA' };

const task: Task = {
  kind: 'transcribe',
  recording: '/recordings/call.wav',
  decodedElsewhere: false,
  key: null,
  name: 'call.wav',
  models: '/models',
  pack: 'base',
  threads: null,
  language: null,
  vocabulary: [],
  policy: POLICY_PRESETS.standard,
  journal: null,
};

function connect() {
  const engines: FakeEngine[] = [];
  const link = new EngineLink(
    () => {
      const engine = new FakeEngine();
      engines.push(engine);
      return engine;
    },
    { onDecode: () => {}, onRefusedRequests: () => {} },
  );
  return { engines, link, latest: () => engines[engines.length - 1]! };
}

describe('the host’s link to its engine', () => {
  test('a task that the engine finishes gives its result', async () => {
    const { link, latest } = connect();
    const id = newId();
    const result = link.run(id, task, 'call.wav');
    latest().say({ type: 'done', id, result: { kind: 'transcribe', transcript, waveform } });
    expect((await result).transcript).toEqual(transcript);
  });

  test('when the engine dies, its tasks start again in a new one', async () => {
    const { link, engines, latest } = connect();
    const id = newId();
    const result = link.run(id, task, 'call.wav');
    latest().crash();
    expect(engines).toHaveLength(2);
    expect(latest().received).toEqual([{ type: 'run', id, task }]);
    latest().say({ type: 'done', id, result: { kind: 'transcribe', transcript, waveform } });
    expect((await result).kind).toBe('transcribe');
  });

  test('a recording on which the engine dies three times is given up with a sentence that names it', async () => {
    const { link, latest } = connect();
    const result = link.run(newId(), task, 'call.wav');
    for (let crash = 0; crash < 3; crash++) latest().crash();
    await expect(result).rejects.toThrow(UserError);
    await expect(result).rejects.toThrow(/call\.wav.*\.$/);
  });

  test('cancelling ends an engine that does not answer, and starts the other tasks anew', async () => {
    const { link, engines, latest } = connect();
    const [stuck, other] = [newId(), newId()];
    const cancelled = link.run(stuck, task, 'call.wav');
    const kept = link.run(other, task, 'other.wav');
    link.cancel(stuck);
    await expect(cancelled).rejects.toThrow(CancelledError);
    expect(engines[0]?.killed).toBe(true);
    expect(latest().received).toEqual([{ type: 'run', id: other, task }]);
    latest().say({ type: 'done', id: other, result: { kind: 'transcribe', transcript, waveform } });
    await kept;
  });

  test('whoever sends audio is told to stop when the engine dies', async () => {
    const { link, latest } = connect();
    const id = newId();
    const result = link.run(id, task, 'call.wav');
    const stream = newId();
    const sent = link.audio({ type: 'samples', stream, samples: [new Float32Array(10)] });
    latest().crash();
    expect(await sent).toBe(false);
    latest().say({ type: 'cancelled', id });
    await expect(result).rejects.toThrow(CancelledError);
  });
});
