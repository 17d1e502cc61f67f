import type { DetectedSpan } from '../detector.ts';
import { recogniseAddresses } from './addresses.ts';
import { recogniseAges } from './ages.ts';
import { recogniseBirths } from './births.ts';
import { recogniseCodes } from './codes.ts';
import { recogniseDates } from './dates.ts';
import { recogniseExpiry } from './expiry.ts';
import { recogniseSpokenInternet, recogniseWrittenInternet } from './internet.ts';
import { recogniseNumbers } from './numbers.ts';
import type { Reading, Recogniser } from './reading.ts';
import { recogniseSecrets } from './secrets.ts';

const recognisers: readonly Recogniser[] = [
  recogniseWrittenInternet,
  recogniseSpokenInternet,
  recogniseNumbers,
  recogniseCodes,
  recogniseSecrets,
  recogniseAddresses,
  recogniseDates,
  recogniseBirths,
  recogniseExpiry,
  recogniseAges,
];

/** Structured personal data in written and spoken form. */
export function recogniseStructured(reading: Reading): DetectedSpan[] {
  return recognisers.flatMap((recognise) => recognise(reading));
}
