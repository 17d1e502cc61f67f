import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addEntity,
  addEntityEverywhere,
  decideAllAlike,
  decideEntity,
  relabelEntity,
  resizeEntity,
} from '../../../core/transcript/entities.ts';
import { pushState, redo, startHistory, undo } from '../../../core/transcript/history.ts';
import { assertValid, violations } from '../../../core/transcript/invariants.ts';
import { replaceRuns } from '../../../core/transcript/replace.ts';
import { retypeSegment } from '../../../core/transcript/retype.ts';
import { LABELS, type Transcript } from '../../../core/transcript/schema.ts';
import { mergeSegments, splitSegment } from '../../../core/transcript/segments.ts';
import {
  addSpeaker,
  assignSegmentSpeaker,
  assignSpeaker,
  assignTurn,
  mergeSpeakers,
  renameSpeaker,
} from '../../../core/transcript/speakers.ts';
import { confirmWords, deleteWords, insertWords, replaceWord } from '../../../core/transcript/words.ts';
import { anyTranscript, deepFreeze, maskedIds } from './sample.ts';

type Edit = (transcript: Transcript) => Transcript;

const at = fc.nat(1000);
const typed = fc.constantFrom('', ' ', 'Bob', 'anna', ' Mary  Jane ', 'x\u0000y', '東 京', 'May.', 'a b c d');
const decision = fc.constantFrom('pending' as const, 'accepted' as const, 'rejected' as const);
const label = fc.constantFrom(...LABELS);

/** Chooses by a number from what the transcript has at that moment; where there is nothing the edit is skipped. */
function pick<T>(items: readonly T[], index: number, edit: (item: T) => Transcript, otherwise: Transcript) {
  return items.length === 0 ? otherwise : edit(items[index % items.length]!);
}

function wordIds(transcript: Transcript): string[] {
  return transcript.segments.flatMap((segment) => segment.words.map(({ id }) => id));
}

function run(transcript: Transcript, from: number, length: number): string[] {
  const ids = wordIds(transcript);
  const first = from % Math.max(ids.length, 1);
  return ids.slice(first, first + length);
}

/** Edits after which every word that was masked and is still there must be masked. */
const neverUnmasks: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(at, typed).map(
    ([n, text]): Edit =>
      (t) =>
        pick(wordIds(t), n, (id) => replaceWord(t, id, text), t),
  ),
  fc.tuple(at, fc.constantFrom('before' as const, 'after' as const), typed).map(
    ([n, side, text]): Edit =>
      (t) =>
        pick(wordIds(t), n, (id) => insertWords(t, id, side, text), t),
  ),
  fc.tuple(at, fc.integer({ min: 0, max: 4 })).map(
    ([n, length]): Edit =>
      (t) =>
        deleteWords(t, run(t, n, length)),
  ),
  fc.tuple(at, at, fc.integer({ min: 1, max: 4 }), typed).map(
    ([n, from, length, text]): Edit =>
      (t) =>
        pick(
          t.segments,
          n,
          ({ words }) => {
            const run = words.slice(from % words.length, (from % words.length) + length);
            return replaceRuns(t, [{ words: run.map(({ id }) => id), text }]);
          },
          t,
        ),
  ),
  fc.tuple(at, fc.array(typed, { maxLength: 6 })).map(
    ([n, texts]): Edit =>
      (t) =>
        pick(
          t.segments,
          n,
          ({ id, words }) =>
            retypeSegment(t, id, [
              ...words.slice(0, 2).map((word) => ({ words: [word.id] })),
              ...texts.map((text) => ({ text: text.trim() })),
            ]),
          t,
        ),
  ),
  fc.tuple(at, fc.integer({ min: 0, max: 4 })).map(
    ([n, length]): Edit =>
      (t) =>
        confirmWords(t, run(t, n, length)),
  ),
  fc.tuple(at, at).map(
    ([n, s]): Edit =>
      (t) =>
        assignTurn(t, run(t, n, 3), t.speakers[s % (t.speakers.length + 1)]?.id ?? null),
  ),
  at.map(
    (n): Edit =>
      (t) =>
        pick(wordIds(t), n, (id) => splitSegment(t, id), t),
  ),
  at.map(
    (n): Edit =>
      (t) =>
        pick(t.segments, n, ({ id }) => mergeSegments(t, id), t),
  ),
  fc.constant<Edit>((t) => addSpeaker(t, ' New\nvoice ')),
  at.map(
    (n): Edit =>
      (t) =>
        pick(t.speakers, n, ({ id }) => renameSpeaker(t, id, 'Renamed'), t),
  ),
  fc.tuple(at, at).map(
    ([a, b]): Edit =>
      (t) =>
        pick(
          t.speakers,
          a,
          (from) => pick(t.speakers, b, (into) => mergeSpeakers(t, from.id, into.id), t),
          t,
        ),
  ),
  fc.tuple(at, at).map(
    ([n, s]): Edit =>
      (t) =>
        assignSpeaker(t, run(t, n, 3), t.speakers[s % (t.speakers.length + 1)]?.id ?? null),
  ),
  at.map(
    (n): Edit =>
      (t) =>
        pick(t.segments, n, ({ id }) => assignSegmentSpeaker(t, id, t.speakers[0]?.id ?? null), t),
  ),
  fc.tuple(at, fc.integer({ min: 1, max: 4 }), label).map(
    ([n, length, kind]): Edit =>
      (t) =>
        wordIds(t).length === 0 ? t : addEntity(t, kind, run(t, n, length)),
  ),
  fc.tuple(at, label).map(
    ([n, kind]): Edit =>
      (t) =>
        pick(wordIds(t), n, (id) => addEntityEverywhere(t, kind, [id]), t),
  ),
  fc.tuple(at, label).map(
    ([n, kind]): Edit =>
      (t) =>
        pick(t.entities, n, ({ id }) => relabelEntity(t, id, kind), t),
  ),
);

const mayUnmask: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(at, decision).map(
    ([n, said]): Edit =>
      (t) =>
        pick(t.entities, n, ({ id }) => decideEntity(t, id, said), t),
  ),
  fc.tuple(at, decision).map(
    ([n, said]): Edit =>
      (t) =>
        pick(t.entities, n, ({ id }) => decideAllAlike(t, id, said), t),
  ),
  fc.tuple(at, at, fc.integer({ min: 1, max: 4 })).map(
    ([n, from, length]): Edit =>
      (t) =>
        pick(t.entities, n, ({ id }) => resizeEntity(t, id, run(t, from, length)), t),
  ),
);

const edits = fc.array(
  fc.oneof({ weight: 3, arbitrary: neverUnmasks }, { weight: 1, arbitrary: mayUnmask }),
  {
    minLength: 1,
    maxLength: 25,
  },
);

describe('any sequence of edits', () => {
  it('starts from valid documents', () => {
    fc.assert(
      fc.property(anyTranscript, (transcript) => {
        expect(violations(transcript)).toEqual([]);
      }),
    );
  });

  it('keeps the invariants and never changes a document in place', () => {
    fc.assert(
      fc.property(anyTranscript, edits, (start, sequence) => {
        let transcript = deepFreeze(start);
        for (const edit of sequence) {
          transcript = deepFreeze(edit(transcript));
          assertValid(transcript);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is undone and redone exactly', () => {
    fc.assert(
      fc.property(anyTranscript, edits, (start, sequence) => {
        const states = [JSON.stringify(start)];
        let history = startHistory(start);
        for (const edit of sequence) {
          const next = edit(history.present);
          if (next !== history.present) states.push(JSON.stringify(next));
          history = pushState(history, next);
        }
        for (const state of [...states].reverse()) {
          expect(JSON.stringify(history.present)).toBe(state);
          history = undo(history);
        }
        expect(history.past).toBeNull();
        for (const state of states) {
          expect(JSON.stringify(history.present)).toBe(state);
          history = redo(history);
        }
        expect(history.future).toBeNull();
      }),
    );
  });
});

describe('edits other than decisions and new borders', () => {
  it('leave every masked word masked as long as it exists', () => {
    fc.assert(
      fc.property(anyTranscript, neverUnmasks, (transcript, edit) => {
        const edited = edit(transcript);
        const remaining = new Set(wordIds(edited));
        const masked = maskedIds(edited);
        for (const id of maskedIds(transcript)) if (remaining.has(id)) expect(masked).toContain(id);
      }),
      { numRuns: 500 },
    );
  });
});
