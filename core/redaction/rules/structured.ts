import type { DetectedSpan, DetectorWord } from '../detector.ts';
import { recogniseAddresses } from './addresses.ts';
import { recogniseCodes, recogniseSecrets } from './codes.ts';
import { recogniseAges, recogniseDates } from './dates.ts';
import { recogniseSpokenInternet, recogniseWrittenInternet } from './internet.ts';
import { recogniseNumbers } from './numbers.ts';
import { type Recogniser, readWords } from './reading.ts';

const recognisers: readonly Recogniser[] = [
  recogniseWrittenInternet,
  recogniseSpokenInternet,
  recogniseNumbers,
  recogniseCodes,
  recogniseSecrets,
  recogniseAddresses,
  recogniseDates,
  recogniseAges,
];

/** Structured personal data in written and spoken form. */
export function recogniseStructured(words: readonly DetectorWord[]): DetectedSpan[] {
  const reading = readWords(words);
  return recognisers.flatMap((recognise) => recognise(reading));
}
