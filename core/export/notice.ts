import type { ShareableTranscript } from '../redaction/shareable.ts';
import { clockTime } from '../transcript/clockTime.ts';
import { noisyStretches } from '../transcript/noise.ts';
import { LABELS } from '../transcript/schema.ts';

const NOT_REDACTED = 'Not redacted: this file holds everything that was said.';

/** One sentence for the head of a file: whether it is redacted, and how many spans of each kind were masked. */
export function redactionNotice(transcript: ShareableTranscript): string {
  if (!transcript.redacted) return NOT_REDACTED;
  const counts = LABELS.filter((label) => (transcript.counts[label] ?? 0) > 0).map(
    (label) => `${transcript.counts[label]} × ${label}`,
  );
  return `Redacted by Sotto: ${counts.length > 0 ? counts.join(', ') : 'nothing was masked'}.`;
}

const count = `\\d+ × (?:${LABELS.join('|')})`;
const notice = new RegExp(
  `Redacted by Sotto: (?:${count}(?:, ${count})*|nothing was masked)\\.|${NOT_REDACTED.replace('.', '\\.')}`,
);

/** More stretches than this are counted, not listed. */
const MOST_LISTED = 3;

/** One sentence that says where background noise makes words doubtful; null where there is none, or none is known. */
export function noiseNotice(transcript: Parameters<typeof noisyStretches>[0]): string | null {
  const stretches = noisyStretches(transcript);
  if (stretches.length === 0) return null;
  const range = ({ start, end }: (typeof stretches)[number]) =>
    `from ${clockTime(start)} to ${clockTime(end)}`;
  if (stretches.length > MOST_LISTED) {
    const longest = stretches.reduce((best, next) =>
      next.end - next.start > best.end - best.start ? next : best,
    );
    return `Much background noise in ${stretches.length} places, the longest ${range(longest)}; check the words there.`;
  }
  const last = stretches.map(range).pop()!;
  const listed = stretches.slice(0, -1).map(range).join(', ');
  return `Much background noise ${listed === '' ? '' : `${listed} and `}${last}; check these words.`;
}

const time = '\\d+(?::\\d\\d)+';
const noise = new RegExp(
  `Much background noise (?:in \\d+ places, the longest )?(?:(?:, | and )?from ${time} to ${time})+; check (?:these words|the words there)\\.`,
);

/** The text without its notices, for reading a file back: they are Sotto's own, whatever was said. */
export function withoutNotice(text: string): string {
  return text.replace(notice, '').replace(noise, '');
}
