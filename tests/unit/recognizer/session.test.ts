import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { type NamedTensors, runInto } from '../../../core/recognizer/session.ts';

const tensor = (...values: number[]) => new Tensor('float32', Float32Array.from(values), [values.length]);

/** A session that gives these outputs, whatever it is fed. */
function answering(outputs: NamedTensors): InferenceSession {
  return { run: async () => outputs } as unknown as InferenceSession;
}

test('copies of outputs that were given a place are freed, what has none is handed out', async () => {
  const given = tensor(1, 2);
  const copy = tensor(1, 2);
  const made = tensor(3);
  const { buffer } = copy.data as Float32Array;
  const outputs = await runInto(answering({ given: copy, made }), {}, { given, made: null });
  expect(buffer.byteLength).toBe(0);
  expect(outputs).toEqual({ made });
  expect([...(given.data as Float32Array), ...(outputs.made!.data as Float32Array)]).toEqual([1, 2, 3]);
});

test('nothing is freed where the binding hands back the very place it was given', async () => {
  const given = tensor(1, 2);
  await runInto(answering({ given }), {}, { given });
  expect([...(given.data as Float32Array)]).toEqual([1, 2]);
});
