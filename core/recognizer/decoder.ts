import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { type CrossMemory, HEAD_CHANNELS } from './crossMemory.ts';
import type { RecognizerPack } from './pack.ts';
import { type NamedTensors, openSession, runInto } from './session.ts';

/** What the decoder says of every token given in one step. */
export interface DecoderStep {
  /** [rows, tokens, vocabulary]; the caller may overwrite it until the next step. */
  readonly logits: Float32Array;
  /** Cross-attention of the alignment heads, [rows, heads, tokens, states], each line summing to 1; until the next step. */
  readonly alignment: Float32Array;
}

/**
 * The decoder with the cache of its own keys and values. The cache lives in two sets of buffers that take turns as
 * input and output of a step, so that nothing is copied between JavaScript and ONNX Runtime; they are made once and
 * their pages are touched only as far as a batch needs.
 */
export class Decoder {
  readonly #session: InferenceSession;
  readonly #layers: number;
  readonly #heads: number;
  readonly #vocabulary: number;
  readonly #alignmentHeads: number;
  /** [2][key and value of each layer]: rows of [heads, length, 64], packed for the current length. */
  readonly #caches: readonly Float32Array[][];
  #logits: Float32Array;
  #alignment = new Float32Array(0);
  #current = 0;
  /** Tokens in the cache. */
  length = 0;

  private constructor(session: InferenceSession, pack: RecognizerPack, rows: number, tokens: number) {
    const { dimensions, alignmentHeads } = pack.manifest;
    this.#session = session;
    this.#layers = dimensions.decoderLayers;
    this.#heads = dimensions.heads;
    this.#vocabulary = dimensions.vocabulary;
    this.#alignmentHeads = alignmentHeads.length;
    const size = rows * this.#heads * tokens * HEAD_CHANNELS;
    this.#caches = [0, 1].map(() => Array.from({ length: 2 * this.#layers }, () => new Float32Array(size)));
    this.#logits = new Float32Array(rows * this.#vocabulary);
  }

  /** @param rows largest batch; @param tokens longest sequence, prompt included. */
  static async load(
    pack: RecognizerPack,
    options: { threads: number; rows: number; tokens: number },
  ): Promise<Decoder> {
    const session = await openSession(pack.path('decoder.onnx'), options.threads);
    return new Decoder(session, pack, options.rows, options.tokens);
  }

  /** Forgets all tokens. */
  reset(): void {
    this.length = 0;
  }

  /**
   * Appends tokens to each of the first rows.
   * @param tokens [rows, tokens a row] token numbers, row by row.
   */
  async step(tokens: readonly number[], rows: number, memory: CrossMemory): Promise<DecoderStep> {
    const count = tokens.length / rows;
    const past = this.#caches[this.#current]!;
    const present = this.#caches[1 - this.#current]!;
    const feeds: NamedTensors = {
      tokens: new Tensor('int64', BigInt64Array.from(tokens, BigInt), [rows, count]),
      position: new Tensor('int64', BigInt64Array.of(BigInt(this.length)), [1]),
      ...memory.decoderInputs(rows),
    };
    const length = this.length + count;
    if (this.#logits.length < tokens.length * this.#vocabulary)
      this.#logits = new Float32Array(tokens.length * this.#vocabulary);
    const logits = this.#logits.subarray(0, tokens.length * this.#vocabulary);
    const aligned = rows * this.#alignmentHeads * count * memory.states;
    if (this.#alignment.length < aligned) this.#alignment = new Float32Array(aligned);
    const alignment = this.#alignment.subarray(0, aligned);
    const fetches: NamedTensors = {
      logits: new Tensor('float32', logits, [rows, count, this.#vocabulary]),
      alignment: new Tensor('float32', alignment, [rows, this.#alignmentHeads, count, memory.states]),
    };
    for (let layer = 0; layer < this.#layers; layer++) {
      for (const [part, name] of ['key', 'value'].entries()) {
        const index = 2 * layer + part;
        feeds[`past_${name}_${layer}`] = this.#tensor(past[index]!, rows, this.length);
        fetches[`present_${name}_${layer}`] = this.#tensor(present[index]!, rows, length);
      }
    }
    await runInto(this.#session, feeds, fetches);
    this.#current = 1 - this.#current;
    this.length = length;
    return { logits, alignment };
  }

  /** Forgets the tokens from `length` on, in the first `rows` rows. */
  truncate(length: number, rows: number): void {
    // Lines move towards the front in order, so none is overwritten before it has moved.
    for (const buffer of this.#caches[this.#current]!)
      for (let line = 0; line < rows * this.#heads; line++) {
        const start = line * this.length * HEAD_CHANNELS;
        buffer.copyWithin(line * length * HEAD_CHANNELS, start, start + length * HEAD_CHANNELS);
      }
    this.length = length;
  }

  /** Overwrites the cache of row `to` with that of row `from`. */
  moveRow(from: number, to: number): void {
    const size = this.#heads * this.length * HEAD_CHANNELS;
    for (const buffer of this.#caches[this.#current]!)
      buffer.copyWithin(to * size, from * size, (from + 1) * size);
  }

  async close(): Promise<void> {
    await this.#session.release();
  }

  #tensor(buffer: Float32Array, rows: number, length: number): Tensor {
    const size = rows * this.#heads * length * HEAD_CHANNELS;
    return new Tensor('float32', buffer.subarray(0, size), [rows, this.#heads, length, HEAD_CHANNELS]);
  }
}
