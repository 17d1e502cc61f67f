import { readFile } from 'node:fs/promises';
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { UserError } from '../errors.ts';
import { logMel, MEL_BANDS } from '../features/logMel.ts';
import { HEAD_CHANNELS } from './crossMemory.ts';
import { FRAMES_PER_STATE, stateCount } from './encoder.ts';
import { computedTensors, withOutputs } from './graphOutputs.ts';
import { type AttentionMap, type HeadVectors, headAttention } from './headAttention.ts';
import type { RecognizerManifest, RecognizerPack } from './pack.ts';
import { type NamedTensors, openSession } from './session.ts';

/** Group of an encoder head: 0 spectral, 1 temporal, 2 noise. */
export type HeadGroup = NonNullable<RecognizerManifest['headGroups']>[number][number];

/** Names of the queries and keys of a layer's attention, and of the noise heads' where they have one of their own. */
const attentionsOf = (layer: number) => [
  { query: `attention_query_${layer}`, key: `attention_key_${layer}` },
  { query: `attention_query_noise_${layer}`, key: `attention_key_noise_${layer}` },
];

/**
 * A tri-head encoder opened a second time, with what its heads attend by as outputs: for looking at, so that
 * recognition pays nothing for it. One call at a time.
 */
export class AttentionProbe {
  /** For every layer the group of each of its heads. */
  readonly groups: readonly (readonly HeadGroup[])[];
  readonly #session: InferenceSession;
  readonly #maxStates: number;

  private constructor(pack: RecognizerPack, session: InferenceSession) {
    this.groups = pack.manifest.headGroups!;
    this.#session = session;
    this.#maxStates = pack.manifest.dimensions.maxFrames / FRAMES_PER_STATE;
  }

  /** @throws UserError `unsupported` for a pack whose encoder does not name its heads' inputs. */
  static async open(pack: RecognizerPack, threads: number): Promise<AttentionProbe> {
    const { headGroups, audioContext, name } = pack.manifest;
    const unsupported = () =>
      new UserError(
        'unsupported',
        `The attention of the model pack "${name}" cannot be shown: it has no tri-head encoder; transcribe the recording with a pack that has one.`,
      );
    if (!headGroups || audioContext !== 'dynamic') throw unsupported();
    const model = await readFile(pack.path('encoder.onnx'));
    const computed = computedTensors(model);
    const names = headGroups
      .flatMap((_, layer) => attentionsOf(layer).flatMap(({ query, key }) => [query, key]))
      .filter((tensor) => computed.has(tensor));
    if (names.length === 0) throw unsupported();
    return new AttentionProbe(pack, await openSession(withOutputs(model, names), threads));
  }

  /**
   * The attention of one head over a stretch of sound, of which at most the encoder's longest input (30 s) is heard.
   * @param samples 16 kHz mono.
   * @throws RangeError when the encoder has no such head; UserError `usage` when it is a noise head and rests, as they
   *   do where there is little noise.
   */
  async attention(samples: Float32Array, layer: number, head: number): Promise<AttentionMap> {
    if (head >= (this.groups[layer]?.length ?? 0))
      throw new RangeError(`The encoder has no head ${head} in layer ${layer}.`);
    const states = Math.min(this.#maxStates, Math.max(1, stateCount(samples.length)));
    const mel = logMel(samples, states * FRAMES_PER_STATE);
    const there = new Set(this.#session.outputNames);
    const names = attentionsOf(layer).filter(({ query, key }) => there.has(query) && there.has(key));
    const wanted = names.flatMap(({ query, key }) => [query, key]);
    const feeds = { mel: new Tensor('float32', mel.data, [1, MEL_BANDS, mel.frames]) };
    const outputs = (await this.#session.run(feeds, wanted)) as NamedTensors;
    let before = 0;
    for (const { query, key } of names) {
      const queries = vectorsOf(outputs[query]!);
      if (head < before + queries.heads)
        return headAttention(queries, vectorsOf(outputs[key]!), head - before);
      before += queries.heads;
    }
    throw new UserError(
      'usage',
      'The noise heads rest in this passage, since there is little noise in it; choose another head or a noisier passage.',
    );
  }

  async close(): Promise<void> {
    await this.#session.release();
  }
}

/** Heads that rest leave a tensor of one value. */
function vectorsOf(tensor: Tensor): HeadVectors {
  return { data: tensor.data as Float32Array, heads: Math.floor(tensor.dims[2]! / HEAD_CHANNELS) };
}
