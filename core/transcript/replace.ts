import { freshIds } from './ids.ts';
import type { Segment, Transcript, Word } from './schema.ts';
import { carryEntities, isActive } from './spans.ts';
import { shareTime, splitTypedText } from './typedWords.ts';

/** Typed text in the place of a run of words. */
export interface Replacement {
  /** Neighbouring words of one segment, in order. */
  readonly words: readonly string[];
  /** Blank to delete them. */
  readonly text: string;
}

/**
 * Puts typed text in the place of runs of words, all in one step. As many words as before keep each their time; otherwise
 * they share the run's time by their length. The first keeps the run's first id; confidence becomes null, since a person
 * wrote it. An active entity that masked any word of a run masks all that stands in its place.
 * @param replacements runs that share no word.
 * @throws RangeError when words do not exist or are not neighbours in one segment.
 */
export function replaceRuns(transcript: Transcript, replacements: readonly Replacement[]): Transcript {
  const byFirst = new Map(replacements.map((replacement) => [replacement.words[0], replacement]));
  const freshId = freshIds(transcript, 'word');
  /** For each replaced word, what stands for its run now. */
  const standsFor = new Map<string, readonly string[]>();
  let placed = 0;
  const segments = transcript.segments
    .map((segment) => {
      if (!segment.words.some(({ id }) => byFirst.has(id))) return segment;
      const words: Word[] = [];
      for (let at = 0; at < segment.words.length; ) {
        const replacement = byFirst.get(segment.words[at]!.id);
        if (!replacement) {
          words.push(segment.words[at]!);
          at += 1;
          continue;
        }
        placed += 1;
        const old = runAt(segment, at, replacement.words);
        const typed = typedOver(old, splitTypedText(replacement.text), freshId);
        words.push(...typed);
        // One array a run: `ownersOf` tells runs apart by it.
        const typedIds = typed.map(({ id }) => id);
        if (typed !== old) for (const { id } of old) standsFor.set(id, typedIds);
        at += old.length;
      }
      return { ...segment, words };
    })
    .filter(({ words }) => words.length > 0);
  if (placed < replacements.length) throw new RangeError('A replaced word is not in the transcript.');
  if (standsFor.size === 0) return transcript;
  const owners = ownersOf(transcript, standsFor);
  return carryEntities(transcript, { ...transcript, segments }, (run) => {
    if (!run.some((id) => standsFor.has(id))) return run;
    const carried = run.flatMap((id) => {
      const typed = standsFor.get(id);
      if (!typed) return [id];
      const owner = owners.get(typed);
      return owner === undefined || owner === run || !owners.has(run) ? typed : [];
    });
    return [...new Set(carried)];
  });
}

function runAt(segment: Segment, at: number, ids: readonly string[]): readonly Word[] {
  const old = segment.words.slice(at, at + ids.length);
  if (old.length !== ids.length || !old.every(({ id }, index) => id === ids[index]))
    throw new RangeError('Only neighbouring words of one segment are replaced together.');
  return old;
}

/** The words that stand for `old`; `old` itself where nothing changes. */
function typedOver(old: readonly Word[], texts: readonly string[], freshId: () => string): readonly Word[] {
  if (texts.length === old.length) {
    if (old.every(({ text }, index) => text === texts[index])) return old;
    return old.map((word, index) =>
      word.text === texts[index] ? word : { ...word, text: texts[index]!, confidence: null },
    );
  }
  const first = old[0]!;
  const span = { start: first.start, end: old[old.length - 1]!.end };
  return shareTime(span, texts).map((time, index) => ({
    id: index === 0 ? first.id : freshId(),
    text: texts[index]!,
    ...time,
    confidence: null,
    speaker: first.speaker,
  }));
}

/**
 * Where several active entities masked words of one run, the first takes what stands in its place: two active entities
 * share no word. Keys are the typed runs and the active entities' word lists; a run's value is its owner's list.
 */
function ownersOf(
  transcript: Transcript,
  standsFor: ReadonlyMap<string, readonly string[]>,
): Map<readonly string[], readonly string[]> {
  const owners = new Map<readonly string[], readonly string[]>();
  for (const entity of transcript.entities.filter(isActive)) {
    owners.set(entity.words, entity.words);
    for (const id of entity.words) {
      const typed = standsFor.get(id);
      if (typed && !owners.has(typed)) owners.set(typed, entity.words);
    }
  }
  return owners;
}
