import type { Label } from '../../transcript/schema.ts';

/** A run of words `[from, to)` that the head takes for personal data. */
export interface HeadSpan {
  readonly from: number;
  readonly to: number;
  readonly label: Label;
  /** Mean over its words of the probability of being personal. */
  readonly score: number;
}

/**
 * Reads spans off probabilities [words, 1 + 2 * labels] of O, and B and I of every label. A word is personal when all
 * that is not O has at least its `threshold` together, and less than `below`; its label has the largest sum of B and I; a
 * span begins where the label changes or B exceeds I (spans.py).
 * @param threshold the same for all words, or a word's own.
 */
export function spansFrom(
  probabilities: Float32Array,
  labels: readonly Label[],
  threshold: number | ((word: number) => number),
  below = Infinity,
): HeadSpan[] {
  const classes = 1 + 2 * labels.length;
  const least = typeof threshold === 'number' ? () => threshold : threshold;
  const spans: { from: number; to: number; label: Label; sum: number }[] = [];
  for (let word = 0; word * classes < probabilities.length; word++) {
    const line = probabilities.subarray(word * classes, (word + 1) * classes);
    const personal = 1 - line[0]!;
    if (personal < least(word) || personal >= below) continue;
    let best = 0;
    for (let i = 1; i < labels.length; i++) if (shareOf(line, i) > shareOf(line, best)) best = i;
    const label = labels[best]!;
    const open = spans[spans.length - 1];
    if (open && open.to === word && open.label === label && line[1 + 2 * best]! <= line[2 + 2 * best]!) {
      open.to++;
      open.sum += personal;
    } else spans.push({ from: word, to: word + 1, label, sum: personal });
  }
  return spans.map(({ from, to, label, sum }) => ({ from, to, label, score: sum / (to - from) }));
}

function shareOf(line: Float32Array, label: number): number {
  return line[1 + 2 * label]! + line[2 + 2 * label]!;
}
