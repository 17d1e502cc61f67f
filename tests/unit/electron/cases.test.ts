import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aliases } from '../../../core/redaction/aliases.ts';
import { splitPerson } from '../../../core/transcript/people.ts';
import type { Transcript } from '../../../core/transcript/schema.ts';
import { Cases } from '../../../electron/cases.ts';
import { JobQueue } from '../../../electron/jobs.ts';
import { Projects } from '../../../electron/projects.ts';
import { marked, transcriptOf } from '../redaction/transcript.ts';

const KEY = Buffer.alloc(32, 7);
const id = (letter: string) => letter.repeat(32);
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-cases-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A transcript that says the names one after another. */
function saying(...names: string[]): Transcript {
  return names.reduce(
    (transcript, name) => marked(transcript, 'PERSON', name),
    transcriptOf([names.join(' and ')]),
  );
}
const shown = (transcript: Transcript) =>
  transcript.entities.map((entity) => aliases(transcript).get(entity.id));

/** A host's cases with finished transcripts a and b. */
function run(a: Transcript, b: Transcript) {
  const queue = new JobQueue({
    transcribe: () => Promise.reject(new Error('nothing waits')),
    stop: () => {},
    changed: () => {},
    rearranged: () => {},
    finished: () => {},
  });
  for (const [letter, transcript] of [
    ['a', a],
    ['b', b],
  ] as const)
    queue.restore({
      id: id(letter),
      name: letter,
      folder: '',
      path: null,
      added: 1,
      transcript,
      state: 'done',
    });
  const of = (letter: string) => queue.get(id(letter))!.transcript!;
  const cases = new Cases(
    { projects: new Projects(folder, KEY) },
    () => queue,
    (job) => ({ job: queue.get(job)!, transcript: queue.get(job)!.transcript! }),
  );
  const save = async (letter: string, edited: Transcript) =>
    queue.setTranscript(queue.get(id(letter))!, await cases.follow(of(letter), edited));
  return { cases, of, save };
}

test('recordings of a case share aliases, and a case is there again in a later run, in the clear nowhere', async () => {
  const { cases, of } = run(saying('Kyle Reese', 'Sarah Connor'), saying('Sarah Connor', 'Miles Dyson'));
  await cases.calls.setCase({ job: id('a'), case: null, name: ' Skynet ' });
  const [first] = await cases.calls.cases({});
  await cases.calls.setCase({ job: id('b'), case: first!.id, name: null });
  expect([shown(of('a')), shown(of('b'))]).toEqual([
    ['[PERSON_1]', '[PERSON_2]'],
    ['[PERSON_2]', '[PERSON_3]'],
  ]);
  const later = run(of('a'), of('b'));
  await later.cases.open();
  expect(await later.cases.calls.cases({})).toEqual([
    {
      id: first!.id,
      name: 'Skynet',
      recordings: 2,
      people: [
        { number: 1, names: 'kyle reese' },
        { number: 2, names: 'sarah connor' },
        { number: 3, names: 'miles dyson' },
      ],
    },
  ]);
  for (const name of await readdir(folder))
    expect((await readFile(join(folder, name))).toString('latin1')).not.toMatch(/reese|skynet/i);
  await later.cases.calls.setCase({ job: id('b'), case: null, name: null });
  expect(shown(later.of('b'))).toEqual(['[PERSON_1]', '[PERSON_2]']);
});

test('edits of a page that knows less are numbered on, and keep the numbers that they were given', async () => {
  const { cases, of, save } = run(saying('Kyle Reese', 'Sarah Connor'), saying('Miles Dyson'));
  await cases.calls.setCase({ job: id('a'), case: null, name: 'x' });
  const page = of('a');
  const [first] = await cases.calls.cases({});
  await cases.calls.setCase({ job: id('b'), case: first!.id, name: null });
  const split = splitPerson(page, ['e2']);
  await save('a', split);
  expect(shown(of('a'))).toEqual(['[PERSON_1]', '[PERSON_4]']);
  await save('a', { ...split, language: 'de' });
  expect(shown(of('a'))).toEqual(['[PERSON_1]', '[PERSON_4]']);
});

test('are written when somebody new is in them, and not at every edit', async () => {
  const { cases, of, save } = run(saying('Kyle Reese'), saying('Miles Dyson'));
  await cases.calls.setCase({ job: id('a'), case: null, name: 'x' });
  // Sealed anew it is never the same twice.
  const kept = () => readFile(join(folder, 'cases'), 'latin1');
  const before = await kept();
  await save('a', { ...of('a'), language: 'de' });
  expect(await kept()).toBe(before);
  const added = saying('Kyle Reese', 'Sarah Connor');
  await save('a', { ...added, case: of('a').case });
  expect(shown(of('a'))).toEqual(['[PERSON_1]', '[PERSON_2]']);
  expect(await kept()).not.toBe(before);
});

test('people are merged and parted in all recordings of the case', async () => {
  const { cases, of } = run(saying('Jon Smyth'), saying('Jonathan Smythe-Jones'));
  await cases.calls.setCase({ job: id('a'), case: null, name: 'x' });
  const [first] = await cases.calls.cases({});
  await cases.calls.setCase({ job: id('b'), case: first!.id, name: null });
  expect(shown(of('b'))).toEqual(['[PERSON_2]']);
  await cases.calls.mergeInCase({ job: id('a'), number: 1, other: 2 });
  expect([shown(of('a')), shown(of('b'))]).toEqual([['[PERSON_1]'], ['[PERSON_1]']]);
  await cases.calls.splitInCase({ job: id('b'), entry: 1 });
  expect([shown(of('a')), shown(of('b'))]).toEqual([['[PERSON_1]'], ['[PERSON_3]']]);
});
