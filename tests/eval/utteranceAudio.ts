import { type AudioSource, SAMPLE_RATE } from '../../core/audio/source.ts';
import type { Utterance } from './manifest.ts';

/** An utterance with its samples, mono at 16 kHz. */
export interface HeardUtterance {
  readonly utterance: Utterance;
  readonly samples: Float32Array;
}

/**
 * Cuts the utterances of one recording out of it in one pass, in order of their ends; they may overlap, and
 * recordings may be hours long.
 */
export async function* cutUtterances(
  source: AudioSource,
  utterances: readonly Utterance[],
): AsyncGenerator<HeardUtterance> {
  const waiting = [...utterances].sort((a, b) => a.start - b.start);
  let open: { utterance: Utterance; from: number; to: number; parts: Float32Array[] }[] = [];
  let position = 0;
  for await (const block of source.blocks()) {
    const end = position + block.length;
    while (waiting.length > 0 && Math.round(waiting[0]!.start * SAMPLE_RATE) < end) {
      const utterance = waiting.shift()!;
      const from = Math.round(utterance.start * SAMPLE_RATE);
      open.push({ utterance, from, to: Math.round(utterance.end * SAMPLE_RATE), parts: [] });
    }
    for (const { from, to, parts } of open)
      parts.push(
        block.slice(Math.max(0, from - position), Math.max(0, Math.min(block.length, to - position))),
      );
    position = end;
    const finished = open.filter(({ to }) => to <= position);
    open = open.filter(({ to }) => to > position);
    for (const { utterance, parts } of finished) yield { utterance, samples: joined(parts) };
    if (waiting.length === 0 && open.length === 0) return;
  }
  for (const { utterance, parts } of open) yield { utterance, samples: joined(parts) };
  for (const utterance of waiting) yield { utterance, samples: new Float32Array(0) };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const samples = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    samples.set(part, offset);
    offset += part.length;
  }
  return samples;
}
