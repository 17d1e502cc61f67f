import { transcriptFromRecognition } from '../../core/transcript/build.ts';
import type { Entity, Transcript } from '../../core/transcript/schema.ts';

/** What is said again and again; `*` makes a word doubtful. */
const SENTENCES = [
  'Good morning, my name is Sarah Connor and I am calling about the new contract.',
  'Thank you Sarah, could you tell me the number where we can *reach you?',
  'Yes, it is five five five oh one two three.',
  'The meeting with *Conor was moved to Friday because the *invoice had not come.',
  'I have spoken with Doctor Miller about the dose and he says that it can be lowered.',
  'We live at twelve Harbour Street, right beside the old *lighthouse.',
];

/** A meeting of so many seconds, a sentence of about six seconds a paragraph, with names and numbers found in it. */
export function meetingOf(seconds: number): Transcript {
  const count = Math.max(1, Math.round(seconds / 6.5));
  const recognized = Array.from({ length: count }, (_, index) => {
    let clock = index * 6.5;
    const start = clock;
    const words = SENTENCES[index % SENTENCES.length]!.split(' ').map((text) => {
      const word = {
        text: text.replace('*', ''),
        start: clock,
        end: clock + 0.32,
        confidence: text.startsWith('*') ? 0.31 : 0.94,
      };
      clock += 0.36;
      return word;
    });
    return { index, start, end: clock, words };
  });
  const transcript = transcriptFromRecognition({
    recordingName: 'meeting',
    duration: count * 6.5,
    language: 'en',
    model: { pack: 'base', sha256: '0'.repeat(64) },
    recognized,
  });
  return { ...transcript, entities: found(transcript) };
}

const FOUND: readonly { words: readonly string[]; label: Entity['label']; rule: string; score: number }[] = [
  { words: ['Sarah', 'Connor'], label: 'PERSON', rule: 'forename and surname', score: 0.95 },
  { words: ['Sarah,'], label: 'PERSON', rule: 'said before', score: 0.8 },
  { words: ['Miller'], label: 'PERSON', rule: 'after a title', score: 0.7 },
  {
    words: ['five', 'five', 'five', 'oh', 'one', 'two', 'three.'],
    label: 'PHONE',
    rule: 'seven digits',
    score: 0.9,
  },
  { words: ['twelve', 'Harbour', 'Street,'], label: 'ADDRESS', rule: 'number and street', score: 0.6 },
];

function found({ segments }: Transcript): Entity[] {
  const entities: Entity[] = [];
  for (const { words } of segments)
    for (const { words: texts, label, rule, score } of FOUND) {
      const at = words.findIndex((_, index) =>
        texts.every((text, offset) => words[index + offset]?.text === text),
      );
      if (at < 0) continue;
      entities.push({
        id: `e${entities.length + 1}`,
        label,
        words: words.slice(at, at + texts.length).map(({ id }) => id),
        detector: label === 'PERSON' ? 'names' : 'rules',
        rule,
        score,
        decision: 'pending',
      });
    }
  return entities;
}
