import { cpus } from 'node:os';
import { MessageChannel } from 'node:worker_threads';
import { InferenceSession, type Tensor } from 'onnxruntime-node';

/** Tensors by the name of a graph's input or output. */
export type NamedTensors = Record<string, Tensor>;

/**
 * Opens an ONNX graph, given by its path or whole, on the CPU.
 *
 * The memory arena is off: with it ONNX Runtime keeps the largest activations of every shape it has seen, so memory
 * would grow with the variety of segments. The memory pattern is planned per shape and helps nothing here, where
 * shapes change each step. Threads that wait do not spin: on a machine that does other work as well a decoder step
 * of 8 rows takes half the time so (base, two threads, load 11: 31 to 40 ms against 73 to 93).
 */
export function openSession(model: string | Uint8Array, threads: number): Promise<InferenceSession> {
  const options: InferenceSession.SessionOptions = {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    executionMode: 'sequential',
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    enableCpuMemArena: false,
    enableMemPattern: false,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  };
  return typeof model === 'string'
    ? InferenceSession.create(model, options)
    : InferenceSession.create(model, options);
}

/** Sends nothing anywhere: what is transferred to it is freed at once. */
const nowhere = new MessageChannel().port1;
nowhere.close();

/**
 * Runs a graph that writes into the tensors of `fetches`; null for an output that it makes itself. ONNX Runtime's
 * binding (1.30) then copies what it wrote into arrays of its own, which nobody reads (microsoft/onnxruntime#32346):
 * 37 MB an encoder run. V8 would keep several sets of them; their memory is given back here.
 * @returns the outputs of null.
 */
export async function runInto(
  session: InferenceSession,
  feeds: NamedTensors,
  fetches: Readonly<Record<string, Tensor | null>>,
): Promise<NamedTensors> {
  const outputs = (await session.run(feeds, fetches)) as NamedTensors;
  const made: NamedTensors = {};
  const copies: ArrayBuffer[] = [];
  for (const [name, output] of Object.entries(outputs)) {
    const given = fetches[name];
    const { buffer } = output.data as Float32Array<ArrayBuffer>;
    if (!given) made[name] = output;
    else if (buffer !== (given.data as Float32Array).buffer) copies.push(buffer);
  }
  nowhere.postMessage(null, copies);
  return made;
}

/** Threads when the caller does not choose: half of the logical processors, which are two to a core as a rule. */
export function defaultThreads(): number {
  const logical = cpus().length;
  return Math.min(8, Math.max(1, logical > 2 ? Math.ceil(logical / 2) : logical));
}
