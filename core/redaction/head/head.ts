import { join } from 'node:path';
import type { DetectedSpan, DetectorWord } from '../detector.ts';
import { UNSURE, unsureShare } from '../misheard.ts';
import { hullOf, type Listened, listenedTo } from './attended.ts';
import { HeadNetwork, PAIR, type RowSound } from './network.ts';
import { hasRedactorPack, openRedactorPack, type RedactorPack } from './pack.ts';
import { pieceCosts, rowOf } from './row.ts';
import type { Sound } from './sound.ts';
import { spansFrom } from './spans.ts';
import { type Window, windowsOf } from './windows.ts';
import { WordPieces } from './wordPieces.ts';

/** From this probability of being personal on, a word that the head leaves alone is one that it is not sure of. */
const DOUBT = 0.02;
/** What a span is called that the head does not mask by itself. */
export const DOUBTFUL = 'in doubt';

/** States on either side of a word that belong to its sound. */
const MARGIN = PAIR;

/** A word with the way it sounds taken into account where it has a sound. */
interface WordReading {
  /** [words, classes] */
  readonly probabilities: Float32Array;
  /** For every word; null where it has no sound. */
  readonly listened: readonly (Listened | null)[];
}

/**
 * The learned redaction head: finds personal data in running text by its meaning, and by its sound where the
 * recogniser's encoder states are given (models/training/redactor). One call at a time.
 */
export class RedactionHead {
  readonly pack: RedactorPack;
  readonly #pieces: WordPieces;
  readonly #network: HeadNetwork;

  private constructor(pack: RedactorPack, pieces: WordPieces, network: HeadNetwork) {
    this.pack = pack;
    this.#pieces = pieces;
    this.#network = network;
  }

  /** @throws UserError `pack-damaged` when a file is missing, cut short or altered. */
  static async load(directory: string, threads: number): Promise<RedactionHead> {
    const pack = await openRedactorPack(directory);
    const { recogniser, window } = pack.manifest;
    const [pieces, network] = await Promise.all([
      WordPieces.load(pack.path('vocab.txt'), window.longestWord),
      HeadNetwork.load(pack.path('head.onnx'), recogniser.stateWidth, threads),
    ]);
    return new RedactionHead(pack, pieces, network);
  }

  /** Loads `redactor` of the folder of packs; null where there is none, and rules and lists do alone. */
  static async loadIfThere(models: string, threads: number): Promise<RedactionHead | null> {
    return hasRedactorPack(models) ? RedactionHead.load(join(models, 'redactor'), threads) : null;
  }

  /**
   * Personal data in words that follow one another; after it, by the rule {@link UNSURE}, what may be some that the
   * recogniser did not understand (`misheard.ts`), and by {@link DOUBTFUL} what might be if another detector says so too.
   * @param sound what was heard of the words; left out where they are text, or another recogniser's.
   */
  async detect(words: readonly DetectorWord[], sound: Sound | null = null): Promise<DetectedSpan[]> {
    const heard = sound !== null && this.hears(sound.width) ? sound : null;
    const { probabilities, listened } = await this.#read(words, heard);
    const { threshold } = this.pack.manifest;
    const doubtful = spansFrom(probabilities, this.pack.labels, DOUBT, threshold).map(
      (span): DetectedSpan => ({ ...span, detector: 'head', rule: DOUBTFUL }),
    );
    const least = words.map((word) => threshold * unsureShare(word));
    const unsure = spansFrom(probabilities, this.pack.labels, (word) => least[word]!, threshold).map(
      (span): DetectedSpan => {
        const by = hullOf(listened.slice(span.from, span.to));
        // What it is cannot be told: the label is the one whose leak does most harm of those that names have.
        return { ...span, label: 'PERSON', detector: 'head', rule: UNSURE, ...(by && { heard: by }) };
      },
    );
    const sure = spansFrom(probabilities, this.pack.labels, threshold).map(({ from, to, label, score }) => {
      const by = hullOf(listened.slice(from, to));
      return {
        from,
        to,
        label,
        detector: 'head' as const,
        rule: by ? 'read and heard' : 'read',
        score: Math.round(score * 100) / 100,
        ...(by && { heard: by }),
      };
    });
    return [...sure, ...unsure, ...doubtful];
  }

  /** How many words at the end fit into `times` the context that a window has before what it decides. */
  contextOf(words: readonly DetectorWord[], times: number): number {
    const costs = pieceCosts(words, this.#pieces);
    let left = times * this.pack.manifest.window.context;
    let from = words.length;
    while (from > 0 && costs[from - 1]! <= left) left -= costs[--from]!;
    return words.length - from;
  }

  /** Whether it was trained with encoder states, and such of this width: tiny's mean nothing to it. */
  hears(width: number): boolean {
    const { listens, stateWidth } = this.pack.manifest.recogniser;
    return listens && width === stateWidth;
  }

  async close(): Promise<void> {
    await this.#network.close();
  }

  async #read(words: readonly DetectorWord[], sound: Sound | null): Promise<WordReading> {
    const { window, longestPause, classes } = this.pack.manifest;
    const probabilities = new Float32Array(words.length * classes.length);
    const listened: (Listened | null)[] = words.map(() => null);
    for (const part of windowsOf(pieceCosts(words, this.#pieces), window.pieces, window.context)) {
      const row = rowOf(words.slice(part.first, part.end), this.#pieces, longestPause);
      const heard = sound && soundOfWindow(sound, part);
      const reading = await this.#network.read(row, heard);
      const line = (word: number) => (word - part.first) * classes.length;
      probabilities.set(
        reading.probabilities.subarray(line(part.from), line(part.to)),
        part.from * classes.length,
      );
      if (!heard || !sound) continue;
      const pairs = heard.count / PAIR;
      for (let word = part.from; word < part.to; word++) {
        const { time } = words[word]!;
        if (!heard.spans[word - part.first] || !time) continue;
        const at = (word - part.first) * pairs;
        listened[word] = listenedTo(reading.attention.subarray(at, at + pairs), time, (pair) =>
          sound.timeOf(heard.first + pair * PAIR),
        );
      }
    }
    return { probabilities, listened };
  }
}

/**
 * The states around the words that a window decides, no others: a word looks no further than {@link MARGIN}. The words
 * before and after are read as text, which is all that the others see of them.
 */
function soundOfWindow(
  sound: Sound,
  { first, end, from, to }: Window,
): (RowSound & { readonly first: number }) | null {
  const spans = sound.spans.slice(from, to).filter((span) => span !== null);
  if (spans.length === 0) return null;
  // Pairs of states are counted from the first of all.
  const even = (state: number) => state - (state % PAIR);
  const begin = even(Math.max(0, Math.min(...spans.map((span) => span[0])) - MARGIN - PAIR));
  const stop = Math.min(sound.count, even(Math.max(...spans.map((span) => span[1])) + MARGIN + 2 * PAIR));
  const count = stop - begin + ((stop - begin) % PAIR);
  const states = new Float32Array(count * sound.width);
  sound.copy(begin, stop, states);
  return {
    first: begin,
    states,
    count,
    spans: Array.from({ length: end - first }, (_, i) => {
      const span = first + i >= from && first + i < to ? sound.spans[first + i] : null;
      return span ? [span[0] - begin, span[1] - begin] : null;
    }),
  };
}
