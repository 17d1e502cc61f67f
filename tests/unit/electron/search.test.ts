import { expect, test } from 'vitest';
import { searchTranscripts } from '../../../electron/search.ts';
import { transcriptOf } from '../transcript/sample.ts';

test('says in how many places each transcript has the text, and never what stands there', () => {
  const jobs = [
    { id: 'a', transcript: transcriptOf('Zoë met Anna', 'zoe left') },
    { id: 'b', transcript: transcriptOf('nobody came') },
    { id: 'c', transcript: null },
  ];
  expect(searchTranscripts(jobs, 'zoe')).toEqual([{ job: 'a', places: 2 }]);
  expect(searchTranscripts(jobs, ' ')).toEqual([]);
});
