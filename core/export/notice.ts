import type { ShareableTranscript } from '../redaction/shareable.ts';
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

/** The text without its notice, for reading a file back: the notice is Sotto's own, whatever was said. */
export function withoutNotice(text: string): string {
  return text.replace(notice, '');
}
