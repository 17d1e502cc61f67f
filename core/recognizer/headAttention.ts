import { HEAD_CHANNELS } from './crossMemory.ts';
import { STATES_PER_SECOND } from './encoder.ts';

/** Queries or keys of an attention for one segment: `data` is [states, heads * 64], row by row. */
export interface HeadVectors {
  readonly data: Float32Array;
  readonly heads: number;
}

/** How much each state looks at each other one: `weights` is [states, states], each row summing to 1. */
export interface AttentionMap {
  readonly weights: Float32Array;
  readonly states: number;
}

/** softmax(q k^T) of one head; the scale 1/sqrt(64) is in the queries already. */
export function headAttention(queries: HeadVectors, keys: HeadVectors, head: number): AttentionMap {
  const width = queries.heads * HEAD_CHANNELS;
  const states = queries.data.length / width;
  const weights = new Float32Array(states * states);
  const scores = new Float64Array(states);
  for (let i = 0; i < states; i++) {
    const query = queries.data.subarray(i * width + head * HEAD_CHANNELS);
    let most = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < states; j++) {
      const from = j * width + head * HEAD_CHANNELS;
      let score = 0;
      for (let channel = 0; channel < HEAD_CHANNELS; channel++)
        score += query[channel]! * keys.data[from + channel]!;
      scores[j] = score;
      if (score > most) most = score;
    }
    let sum = 0;
    for (let j = 0; j < states; j++) {
      scores[j] = Math.exp(scores[j]! - most);
      sum += scores[j]!;
    }
    for (let j = 0; j < states; j++) weights[i * states + j] = scores[j]! / sum;
  }
  return { weights, states };
}

/** How far away the states look on average, in seconds. */
export function meanDistance({ weights, states }: AttentionMap): number {
  let sum = 0;
  for (let i = 0; i < states; i++)
    for (let j = 0; j < states; j++) sum += weights[i * states + j]! * Math.abs(i - j);
  return sum / states / STATES_PER_SECOND;
}

/**
 * The map at a resolution of at most `most` states each way: neighbouring rows are averaged and neighbouring columns
 * added up, so that rows still sum to 1.
 */
export function pooledAttention({ weights, states }: AttentionMap, most: number): AttentionMap {
  const factor = Math.max(1, Math.ceil(states / most));
  const pooled = Math.ceil(states / factor);
  const sums = new Float32Array(pooled * pooled);
  for (let i = 0; i < states; i++) {
    const row = Math.floor(i / factor);
    const rows = Math.min(factor, states - row * factor);
    for (let j = 0; j < states; j++)
      sums[row * pooled + Math.floor(j / factor)]! += weights[i * states + j]! / rows;
  }
  return { weights: sums, states: pooled };
}

/** Share of a map's cells that are as dark as can be: a head that looks at itself alone would leave the rest blank. */
const DARKEST_SHARE = 0.005;

/**
 * A map as shades for drawing, 0 to 255: square roots, so that faint attention shows beside sharp, and the strongest
 * half percent of the cells alike.
 */
export function attentionShades({ weights }: AttentionMap): Uint8Array {
  const sorted = Float32Array.from(weights).sort();
  const darkest = sorted[Math.floor((sorted.length - 1) * (1 - DARKEST_SHARE))]!;
  return Uint8Array.from(weights, (weight) => Math.round(255 * Math.sqrt(Math.min(1, weight / darkest))));
}
