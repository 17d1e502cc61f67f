import { firstWhere } from './firstWhere.ts';
import { type Piece, punctuationAround, type TranscriptLayout } from './layout.ts';
import type { Selection } from './selection.ts';

/** Below this a word is marked as doubtful; half of Whisper base's words below it are wrong or partly wrong. */
export const DOUBTFUL = 0.5;

/** A place where the selection can stand: a readable word, or a masked span's words in one segment. */
export interface Stop {
  readonly kind: 'word' | 'entity';
  /** Of the word or the entity. */
  readonly id: string;
  /** Index of the segment. */
  readonly segment: number;
  readonly start: number;
  readonly end: number;
  readonly words: readonly string[];
  readonly doubtful: boolean;
  /** What is read there, without its brackets if it is an alias. */
  readonly text: string;
}

/** All stops in the order they are said. */
export interface Order {
  readonly stops: readonly Stop[];
  /** Index of the stop in which a word lies. */
  readonly stopOfWord: ReadonlyMap<string, number>;
  /** Indices of an entity's first and last stop: a span that crosses segments has several. */
  readonly stopsOfEntity: ReadonlyMap<string, readonly [number, number]>;
}

export function orderOf(layout: TranscriptLayout): Order {
  const stops: Stop[] = [];
  const stopOfWord = new Map<string, number>();
  const stopsOfEntity = new Map<string, readonly [number, number]>();
  layout.segments.forEach(({ pieces }, segment) => {
    for (const piece of pieces) {
      const at = stops.length;
      if (piece.kind === 'word') {
        const { id, text, start, end, confidence } = piece.word;
        const doubtful = confidence !== null && confidence < DOUBTFUL;
        stops.push({ kind: 'word', id, segment, start, end, words: [id], doubtful, text });
        stopOfWord.set(id, at);
        continue;
      }
      const { entity, words, start, end, alias } = piece;
      const text = alias.replace(/^\[|\]$/g, '');
      stops.push({ kind: 'entity', id: entity.id, segment, start, end, words, doubtful: false, text });
      for (const word of words) stopOfWord.set(word, at);
      stopsOfEntity.set(entity.id, [stopsOfEntity.get(entity.id)?.[0] ?? at, at]);
    }
  });
  return { stops, stopOfWord, stopsOfEntity };
}

/** Indices of the first and last stop of a selection; null where nothing is selected or it is gone. */
export function edgesOf(order: Order, selection: Selection): readonly [number, number] | null {
  if (selection.kind === 'entity') return order.stopsOfEntity.get(selection.id) ?? null;
  if (selection.kind === 'none') return null;
  const first = order.stopOfWord.get(selection.ids[0]!);
  const last = order.stopOfWord.get(selection.ids[selection.ids.length - 1]!);
  return first === undefined || last === undefined ? null : [first, last];
}

/** The selection of one stop. */
export function selectStop(stop: Stop): Selection {
  return stop.kind === 'entity' ? { kind: 'entity', id: stop.id } : { kind: 'words', ids: [stop.id] };
}

/** Everything between two stops, in either order; a single masked span stays one. */
export function selectBetween(order: Order, from: number, to: number): Selection {
  if (from === to) return selectStop(order.stops[from]!);
  const [first, last] = from < to ? [from, to] : [to, from];
  const ids = order.stops.slice(first, last + 1).flatMap(({ words }) => words);
  return to < from ? { kind: 'words', ids, backwards: true } : { kind: 'words', ids };
}

/** An entity's words with one more (1) or one less (-1) at an edge; null where that is not possible. */
export function resizedWords(
  order: Order,
  words: readonly string[],
  edge: 'start' | 'end',
  step: 1 | -1,
): string[] | null {
  if (step < 0) {
    if (words.length < 2) return null;
    return edge === 'start' ? words.slice(1) : words.slice(0, -1);
  }
  const at = order.stopOfWord.get(edge === 'start' ? words[0]! : words[words.length - 1]!);
  if (at === undefined) return null;
  const beside = order.stops[edge === 'start' ? at - 1 : at + 1]?.words;
  const word = edge === 'start' ? beside?.[beside.length - 1] : beside?.[0];
  if (word === undefined) return null;
  return edge === 'start' ? [word, ...words] : [...words, word];
}

/** The stop after (1) or before (-1) the selection; the first one where nothing is selected. */
export function stopBeside(order: Order, selection: Selection, step: 1 | -1): Stop | null {
  const edges = edgesOf(order, selection);
  if (!edges) return order.stops[0] ?? null;
  const at = step > 0 ? edges[1] + 1 : edges[0] - 1;
  return order.stops[Math.min(Math.max(at, 0), order.stops.length - 1)] ?? null;
}

/** The selection with its moving end one stop further right (1) or left (-1). */
export function extended(order: Order, selection: Selection, step: 1 | -1): Selection {
  const edges = edgesOf(order, selection);
  if (!edges) return selection;
  const backwards =
    selection.kind === 'words' && edges[0] !== edges[1] ? selection.backwards === true : step < 0;
  const [anchor, moving] = backwards ? [edges[1], edges[0]] : edges;
  const to = Math.min(Math.max(moving + step, 0), order.stops.length - 1);
  return selectBetween(order, anchor, to);
}

/** The first stop of the next (1) or the previous (-1) paragraph. */
export function paragraphBeside(order: Order, selection: Selection, step: 1 | -1): Stop | null {
  const edges = edgesOf(order, selection);
  if (!edges) return order.stops[0] ?? null;
  const segment = order.stops[edges[0]]!.segment + step;
  return order.stops.find((stop) => stop.segment === segment) ?? null;
}

/** A selection as it is read: masked words by their aliases. */
export function readable(order: Order, selection: Selection): string {
  const edges = edgesOf(order, selection);
  if (!edges) return '';
  return order.stops
    .slice(edges[0], edges[1] + 1)
    .map(({ text }) => text)
    .join(' ');
}

/** A selection as it is shared: a line a paragraph, what is masked by its alias in brackets, marks and blanks kept. */
export function copyOf({ segments }: TranscriptLayout, order: Order, selection: Selection): string {
  const edges = edgesOf(order, selection);
  if (!edges) return '';
  let first = 0;
  const paragraphs = segments.map(({ pieces }) => {
    const from = edges[0] - first;
    const to = edges[1] + 1 - first;
    first += pieces.length;
    return pieces.slice(Math.max(0, from), Math.max(0, to)).map(copyOfPiece).join('').trim();
  });
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n');
}

function copyOfPiece(piece: Piece): string {
  if (piece.kind === 'word') return piece.blank + piece.word.text;
  const { before, after } = punctuationAround(piece.original);
  return piece.blank + before + piece.alias + after;
}

/** Index of the stop that is said at `time`: the last that has begun, if it has not ended half a second ago; else -1. */
export function stopAt({ stops }: Order, time: number): number {
  const index = stopsBegunBy(stops, time) - 1;
  const stop = stops[index];
  return stop && time < stop.end + 0.5 ? index : -1;
}

/** How many stops begin at `time` or before. */
function stopsBegunBy(stops: readonly Stop[], time: number): number {
  return firstWhere(stops, ({ start }) => start > time);
}

/** Index of the next stop after `from` (before it for step -1) that `wanted` takes; goes round; -1 if there is none. */
export function nextStop(
  { stops }: Order,
  from: number,
  step: 1 | -1,
  wanted: (stop: Stop) => boolean,
): number {
  for (let distance = 1; distance <= stops.length; distance += 1) {
    const at = (((from + step * distance) % stops.length) + stops.length) % stops.length;
    if (wanted(stops[at]!)) return at;
  }
  return -1;
}
