import { indexOfSegment } from './locate.ts';
import { type Replacement, replaceRuns } from './replace.ts';
import type { Transcript, Word } from './schema.ts';
import { insertWords } from './words.ts';

/** What a person left in a segment: typed text, or words that stand there as one (a masked span) and were kept. */
export type Retyped = { readonly text: string } | { readonly words: readonly string[] };

/** A stretch in which old and new differ: `old` words, which may be none, became `texts`, which may be none. */
interface Hunk {
  /** Index of the first old word, or of the word before which something was put. */
  readonly from: number;
  readonly old: readonly Word[];
  readonly texts: readonly string[];
}

/**
 * Takes over a segment as a person has edited it, as in a text editor. Words that are still there keep their ids, times
 * and confidence; only what differs is replaced, inserted or deleted.
 * @param retyped one entry a word; kept words that are not in their place any more are taken for deleted.
 * @throws RangeError when the segment does not exist.
 */
export function retypeSegment(
  transcript: Transcript,
  segmentId: string,
  retyped: readonly Retyped[],
): Transcript {
  const { words } = transcript.segments[indexOfSegment(transcript, segmentId)]!;
  const replaced: Replacement[] = [];
  const inserted: { readonly word: string; readonly side: 'before' | 'after'; readonly text: string }[] = [];
  for (const { from, old, texts } of hunks(words, retyped)) {
    const text = texts.join(' ');
    if (old.length > 0) replaced.push({ words: old.map(({ id }) => id), text });
    else if (from > 0) inserted.push({ word: words[from - 1]!.id, side: 'after', text });
    else inserted.push({ word: words[0]!.id, side: 'before', text });
  }
  const withInserted = inserted.reduce(
    (edited, { word, side, text }) => insertWords(edited, word, side, text),
    transcript,
  );
  return replaced.length > 0 ? replaceRuns(withInserted, replaced) : withInserted;
}

/** One word of what a person left. */
type Item = { readonly text: string; readonly id: null } | { readonly text: null; readonly id: string };

function hunks(words: readonly Word[], retyped: readonly Retyped[]): Hunk[] {
  const kept = new Set(retyped.flatMap((piece) => ('words' in piece ? piece.words : [])));
  const items = retyped.flatMap((piece): Item[] =>
    'words' in piece
      ? piece.words.map((id) => ({ text: null, id }))
      : piece.text === ''
        ? []
        : [{ text: piece.text, id: null }],
  );
  const same = (word: Word, item: Item) =>
    item.id === null ? !kept.has(word.id) && item.text === word.text : item.id === word.id;
  const found: Hunk[] = [];
  let [at, from, next] = [0, 0, 0];
  const close = (toWord: number, toItem: number) => {
    const texts = items.slice(next, toItem).flatMap(({ text }) => (text === null ? [] : [text]));
    if (toWord > from || texts.length > 0) found.push({ from, old: words.slice(from, toWord), texts });
  };
  for (const [word, item] of [...commonWords(words, items, same), [words.length, items.length] as const]) {
    close(word, item);
    [from, next] = [word + 1, item + 1];
    at += 1;
  }
  return at === 0 ? [] : found;
}

/** Places of a longest common subsequence, in order; common ends first, since an edit seldom touches more than a line. */
function commonWords(
  words: readonly Word[],
  items: readonly Item[],
  same: (word: Word, item: Item) => boolean,
): [number, number][] {
  const shorter = Math.min(words.length, items.length);
  let head = 0;
  while (head < shorter && same(words[head]!, items[head]!)) head += 1;
  let tail = 0;
  while (tail < shorter - head && same(words[words.length - 1 - tail]!, items[items.length - 1 - tail]!))
    tail += 1;
  const rows = words.length - head - tail;
  const columns = items.length - head - tail;
  /** Length of the longest common subsequence of what follows, row by row. */
  const longest = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1));
  for (let row = rows - 1; row >= 0; row -= 1)
    for (let column = columns - 1; column >= 0; column -= 1)
      longest[row]![column] = same(words[head + row]!, items[head + column]!)
        ? longest[row + 1]![column + 1]! + 1
        : Math.max(longest[row + 1]![column]!, longest[row]![column + 1]!);
  const pairs: [number, number][] = Array.from({ length: head }, (_, index) => [index, index]);
  for (let [row, column] = [0, 0]; row < rows && column < columns; ) {
    if (same(words[head + row]!, items[head + column]!)) {
      pairs.push([head + row, head + column]);
      row += 1;
      column += 1;
    } else if (longest[row + 1]![column]! >= longest[row]![column + 1]!) row += 1;
    else column += 1;
  }
  for (let back = tail; back > 0; back -= 1) pairs.push([words.length - back, items.length - back]);
  return pairs;
}
