import { findText } from '../core/transcript/find.ts';
import type { Transcript } from '../core/transcript/schema.ts';

/** In how many places each finished transcript says the query; those that do not are left out. Never what stands there. */
export function searchTranscripts(
  jobs: readonly { readonly id: string; readonly transcript: Transcript | null }[],
  query: string,
): { job: string; places: number }[] {
  return jobs.flatMap(({ id, transcript }) => {
    if (!transcript) return [];
    const places = findText(transcript, query, { matchCase: false, wholeWords: false }).length;
    return places === 0 ? [] : [{ job: id, places }];
  });
}
