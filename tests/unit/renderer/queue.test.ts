import { describe, expect, test } from 'vitest';
import { POLICY_PRESETS } from '../../../core/redaction/policy.ts';
import { decideEntity } from '../../../core/transcript/entities.ts';
import { layOut } from '../../../renderer/review/layout.ts';
import { nextInQueue, reviewQueue } from '../../../renderer/review/queue.ts';
import { transcriptOf, withEntity } from '../transcript/sample.ts';

const { strict } = POLICY_PRESETS;
/** Four names, the second least certain by its score; `w7` was hardly heard. */
const names = [0.9, 0.4, 0.8, 0.8].reduce(
  (transcript, score, index) => withEntity(transcript, index * 2, index * 2, { score }),
  transcriptOf('Anna and Bert and Cleo and Dora'),
);
const heard = {
  ...names,
  segments: names.segments.map((segment) => ({
    ...segment,
    words: segment.words.map((word) => (word.id === 'w7' ? { ...word, confidence: 0.3 } : word)),
  })),
};
const order = (transcript: typeof names) =>
  reviewQueue(layOut(transcript, strict)).map(({ entity }) => entity.id);

describe('the queue of masked spans to review', () => {
  test('begins with the most doubtful, by the score and by how well the words were heard', () => {
    expect(order(names)).toEqual(['e2', 'e3', 'e4', 'e1']);
    expect(order(heard)).toEqual(['e4', 'e2', 'e3', 'e1']);
  });

  test('holds nothing that was decided or that the policy keeps readable', () => {
    expect(order(decideEntity(names, 'e2', 'accepted'))).toEqual(['e3', 'e4', 'e1']);
    expect(order(decideEntity(names, 'e2', 'rejected'))).toEqual(['e3', 'e4', 'e1']);
    const place = {
      ...names,
      entities: names.entities.map((one) => ({ ...one, label: 'LOCATION' as const })),
    };
    expect(reviewQueue(layOut(place, POLICY_PRESETS.standard))).toEqual([]);
  });

  test('goes on behind the span that was decided, round its end, until nothing is left', () => {
    const queue = reviewQueue(layOut(names, strict));
    const any = () => true;
    expect(nextInQueue(queue, null, any)).toBe('e2');
    expect(nextInQueue(queue, 'e3', any)).toBe('e4');
    expect(nextInQueue(queue, 'e1', any)).toBe('e2');
    expect(nextInQueue(queue, 'e2', (id) => id === 'e4')).toBe('e4');
    expect(nextInQueue(queue, 'e2', () => false)).toBeNull();
  });
});
