import type { DetectedSpan } from '../detector.ts';
import { recogniseAddresses } from './addresses.ts';
import { recogniseCodes, recogniseSecrets } from './codes.ts';
import { recogniseAges, recogniseDates } from './dates.ts';
import { recogniseSpokenInternet, recogniseWrittenInternet } from './internet.ts';
import { recogniseNumbers } from './numbers.ts';
import type { Reading, Recogniser } from './reading.ts';

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
export function recogniseStructured(reading: Reading): DetectedSpan[] {
  return recognisers.flatMap((recognise) => recognise(reading));
}
