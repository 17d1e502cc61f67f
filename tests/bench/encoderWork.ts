import type { RecognizerManifest } from '../../core/recognizer/pack.ts';
import type { MatrixLimit } from './matrixLimit.ts';

/** Operations of matrix products by the type of number they are done in, an addition counting like a multiplication. */
type Work = MatrixLimit;

const CONVOLUTION_WIDTH = 3;
const HEAD_CHANNELS = 64;
/** A feed-forward is this many times as wide inside. */
const EXPANSION = 4;

/**
 * Matrix products of one encoder run over `states` states, the keys and values for the decoder included, all heads
 * counted: Whisper's encoder (Radford et al. 2022), which types of number as the recipe of the pack has it
 * (models/training/convert/quantise.py).
 */
export function encoderWork(manifest: RecognizerManifest, states: number): Work {
  const { state, heads, mels, encoderLayers, decoderLayers } = manifest.dimensions;
  const product = (inner: number, columns: number) => 2 * states * inner * columns;
  const convolutions =
    2 * product(CONVOLUTION_WIDTH * mels, state) + product(CONVOLUTION_WIDTH * state, state);
  const widths = Array.from(
    { length: encoderLayers },
    (_, layer) => HEAD_CHANNELS * (manifest.headGroups?.[layer]?.length ?? heads),
  );
  const sum = (of: (width: number) => number) => widths.reduce((total, width) => total + of(width), 0);
  const attention = sum((width) => 2 * product(states, width));
  const projections = sum((width) => 4 * product(state, width)) + 2 * decoderLayers * product(state, state);
  const expansion = encoderLayers * product(state, EXPANSION * state);
  const { recipe } = (manifest.quantization ?? {}) as { recipe?: string };
  const float32 = convolutions + attention;
  if (recipe === 'mixed') return { float32: float32 + expansion, int8: projections + expansion };
  if (recipe === 'rows') return { float32, int8: projections + 2 * expansion };
  return { float32: float32 + projections + 2 * expansion, int8: 0 };
}

/** Seconds that the work takes at the processor's limit. */
export function secondsAt(limit: MatrixLimit, work: Work): number {
  return work.float32 / limit.float32 + work.int8 / limit.int8;
}
