import { describe, expect, test } from 'vitest';
import { found, labelsOver } from './found.ts';

/** Whether every word of the name, which stands in the text once, is masked. */
function isMasked(text: string, name: string): boolean {
  return labelsOver(text, name).length > 0;
}

const said: [text: string, name: string][] = [
  ['My name is Sarah Connor.', 'Sarah Connor'],
  ['Hi, this is Priya speaking.', 'Priya'],
  ["I'm Mohammed Al-Farsi from accounting.", 'Mohammed Al-Farsi'],
  ['Thanks, Oluwaseun.', 'Oluwaseun'],
  ['Tom, could you share your screen?', 'Tom'],
  ['Good morning Siobhan, how are you?', 'Siobhan'],
  ['I spoke with Ludwig van der Berg yesterday.', 'Ludwig van der Berg'],
  ["That is Kowalski's laptop.", 'Kowalski'],
  ['Please ask Dr. Nakamura about the results.', 'Nakamura'],
  ["Mrs. O'Brien will see you now.", "O'Brien"],
  ['The account belongs to Jean-Pierre Dubois.', 'Jean-Pierre Dubois'],
  ['We hired Anna K. Schmidt last month.', 'Anna K. Schmidt'],
  ['Did Fatima send it?', 'Fatima'],
  ['My maiden name was Lindqvist.', 'Lindqvist'],
  ['Xiulan and Dmitri are coming.', 'Xiulan'],
];

describe('people are found', () => {
  test.each(said)('%s', (text, name) => {
    expect(isMasked(text, name)).toBe(true);
  });

  const bare = (text: string) => text.toLowerCase().replace(/[.,?!]/g, '');
  test.each(said.map(([text, name]) => [bare(text), bare(name)] as const))('%s', (text, name) => {
    expect(isMasked(text, name)).toBe(true);
  });

  test.each(said.slice(0, 8).map(([text, name]) => [text.toUpperCase(), name.toUpperCase()] as const))(
    '%s',
    (text, name) => {
      expect(isMasked(text, name)).toBe(true);
    },
  );

  test('by the letters they are spelled with', () => {
    for (const letters of ['s m i t h', 'S-M-I-T-H', 'm i double l e r', 'k as in kilo o w a l'])
      expect({ letters, masked: isMasked(`that is spelled ${letters} okay`, letters) }).toEqual({
        letters,
        masked: true,
      });
  });
});

describe('names that are words as well are told by what stands around them', () => {
  test.each([
    ['my name is will', 'will'],
    ['i spoke to mark johnson yesterday', 'mark johnson'],
    ['Thanks, Grace.', 'Grace'],
    ['hi hope how are you', 'hope'],
    ['I asked Will about the budget.', 'Will'],
    ['mr young called', 'young'],
    ['this is may parker speaking', 'may parker'],
    ['bill smith from sales said so', 'bill smith'],
  ])('a name in: %s', (text, name) => {
    expect(isMasked(text, name)).toBe(true);
  });

  test.each([
    'will you be there',
    'we will go and i hope so',
    'may i ask who pays the bill',
    'mark my words the price went up',
    'it is a long way for a young man',
    'the grace period ends soon',
    'a rose is a rose',
    'i will mark it as done',
    'he was frank about it',
    'we may or may not do it',
    'I think we should drop it, right?',
  ])('no name in: %s', (text) => {
    expect(found(text).filter(({ label }) => label === 'PERSON')).toEqual([]);
  });
});

describe('places and organisations', () => {
  test.each([
    ['LOCATION', 'we are flying to Chicago next week', 'Chicago'],
    ['LOCATION', 'i live in manchester', 'manchester'],
    ['LOCATION', 'She grew up in Nairobi, Kenya.', 'Nairobi'],
    ['ORG', 'I work for Vertex Solutions Ltd', 'Vertex Solutions Ltd'],
    ['ORG', 'he studied at the University of Leeds', 'University of Leeds'],
    ['ORG', 'she left barclays bank last year', 'barclays bank'],
  ] as const)('%s in: %s', (label, text, value) => {
    expect(labelsOver(text, value)).toContain(label);
  });
});
