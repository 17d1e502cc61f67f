import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { UserError } from '../errors.ts';
import { aliases } from '../redaction/aliases.ts';
import { leakCheck } from '../redaction/leakCheck.ts';
import { mask } from '../redaction/mask.ts';
import { maskedEntities, masks, type Policy } from '../redaction/policy.ts';
import { clockTime } from '../transcript/clockTime.ts';
import { type Entity, LABELS, type Label, type Transcript } from '../transcript/schema.ts';
import { escapeMarkup } from './markup.ts';
import { htmlPage } from './page.ts';
import { roundedSeconds } from './times.ts';

const VERSION = 1;

/** A file that was exported with the report. */
export interface AuditedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

type Decision = Entity['decision'];

/** How many spans one rule found, and what became of them. */
interface AuditCount {
  readonly label: Label;
  readonly detector: Entity['detector'];
  readonly rule: string;
  readonly masked: number;
  readonly readable: number;
  readonly decisions: Readonly<Record<Decision, number>>;
}

/**
 * What was redacted in a recording and why, without any of it: for whoever must show later how a file was made.
 * Times are seconds in the recording; hashes are SHA-256.
 */
export interface AuditReport {
  readonly format: 'sotto-audit';
  readonly version: typeof VERSION;
  readonly recording: { readonly title: string; readonly duration: number; readonly language: string };
  readonly model: Transcript['model'];
  readonly policy: {
    readonly name: string;
    readonly version: number;
    readonly sha256: string;
    readonly masked: readonly Label[];
    readonly allowed: number;
    readonly denied: number;
    readonly replacement: Policy['replacement'];
    readonly audio: Policy['audio'];
  };
  readonly counts: readonly AuditCount[];
  readonly spans: readonly {
    readonly start: number;
    readonly end: number;
    readonly label: Label;
    readonly alias: string;
    readonly detector: Entity['detector'];
    readonly rule: string;
    readonly score: number;
    readonly decision: Decision;
    readonly masked: boolean;
  }[];
  /** Files written in the same export, read back and searched for masked values before they were. */
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
}

/** The report on one export of a transcript. */
export function auditReport(
  transcript: Transcript,
  policy: Policy,
  files: readonly AuditedFile[],
): AuditReport {
  const masked = new Set(maskedEntities(transcript, policy).map(({ id }) => id));
  const names = aliases(transcript);
  const words = new Map(
    transcript.segments.flatMap((segment) => segment.words.map((word) => [word.id, word])),
  );
  const shareable = mask(transcript, policy);
  return {
    format: 'sotto-audit',
    version: VERSION,
    recording: {
      title: shareable.title,
      duration: roundedSeconds(transcript.recording.duration),
      language: transcript.language,
    },
    model: transcript.model,
    policy: {
      name: policy.name,
      version: policy.version,
      // Without its lists: they hold names, and a short list can be guessed from its hash.
      sha256: sha256(JSON.stringify({ ...policy, allow: [], deny: [] })),
      masked: LABELS.filter((label) => masks(policy, label)),
      allowed: policy.allow.length,
      denied: policy.deny.length,
      replacement: policy.replacement,
      audio: policy.audio,
    },
    counts: counted(transcript.entities, masked),
    spans: transcript.entities
      .map((entity) => ({
        start: roundedSeconds(words.get(entity.words[0]!)?.start ?? 0),
        end: roundedSeconds(words.get(entity.words[entity.words.length - 1]!)?.end ?? 0),
        label: entity.label,
        alias: names.get(entity.id) ?? `[${entity.label}]`,
        detector: entity.detector,
        rule: entity.rule,
        score: entity.score,
        decision: entity.decision,
        masked: masked.has(entity.id),
      }))
      .sort((a, b) => a.start - b.start),
    files: files.map(({ path, bytes }) => ({
      name: basename(path),
      bytes: bytes.length,
      sha256: sha256(bytes),
    })),
  };
}

/**
 * The report as a JSON file and as a page to read and print.
 * @throws UserError `leak` when a name in it (of the policy, the recording or a file) holds a masked value.
 */
export function renderAudit(
  report: AuditReport,
  transcript: Transcript,
  policy: Policy,
): { json: Uint8Array; html: Uint8Array } {
  const given = [report.recording.title, report.policy.name, ...report.files.map(({ name }) => name)].join(
    '\n',
  );
  if (leakCheck(given, transcript, policy).length > 0)
    throw new UserError(
      'leak',
      'The audit report was not written: the name of the policy or of a file in it holds a masked value; rename it and export again.',
    );
  const encoder = new TextEncoder();
  return {
    json: encoder.encode(`${JSON.stringify(report, null, 2)}\n`),
    html: encoder.encode(page(report)),
  };
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** One entry a label, detector and rule, in the order of labels, the most frequent first. */
function counted(entities: readonly Entity[], masked: ReadonlySet<string>): AuditCount[] {
  const groups = new Map<string, Entity[]>();
  for (const entity of entities) {
    const key = `${entity.label} ${entity.detector} ${entity.rule}`;
    groups.set(key, [...(groups.get(key) ?? []), entity]);
  }
  const decided = (group: readonly Entity[], decision: Decision) =>
    group.filter((entity) => entity.decision === decision).length;
  return [...groups.values()]
    .sort((a, b) => LABELS.indexOf(a[0]!.label) - LABELS.indexOf(b[0]!.label) || b.length - a.length)
    .map((group) => {
      const { label, detector, rule } = group[0]!;
      const hidden = group.filter(({ id }) => masked.has(id)).length;
      return {
        label,
        detector,
        rule,
        masked: hidden,
        readable: group.length - hidden,
        decisions: {
          pending: decided(group, 'pending'),
          accepted: decided(group, 'accepted'),
          rejected: decided(group, 'rejected'),
        },
      };
    });
}

const STYLE = `
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; color: #1d2125; background: #ffffff; }
h1 { font-size: 1.5rem; }
h2 { font-size: 1.125rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.875rem; }
th, td { padding: 0.25rem 0.5rem; border-bottom: 1px solid #d0d4d8; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
dt { font-weight: 600; }
dd { margin: 0 0 0.5rem; overflow-wrap: anywhere; }
@media print { body { margin: 0; max-width: none; } tr { break-inside: avoid; } }
`;

function page(report: AuditReport): string {
  const { recording, model, policy, counts, spans, files } = report;
  const facts: [string, string][] = [
    ['Recording', `${recording.title}, ${clockTime(recording.duration)}, language ${recording.language}`],
    ['Model', `${model.pack}, ${model.sha256}`],
    ['Policy', `${policy.name}, version ${policy.version}, ${policy.sha256}`],
    ['Masked kinds', policy.masked.join(', ')],
    ['Phrases always masked and never masked', `${policy.denied} and ${policy.allowed}`],
    ['Replacement and audio', `${policy.replacement}, ${policy.audio}`],
  ];
  const title = `Audit of ${escapeMarkup(recording.title)}`;
  const body = `<h1>${title}</h1>
<dl>
${facts.map(([name, value]) => `<dt>${name}</dt><dd>${escapeMarkup(value)}</dd>`).join('\n')}
</dl>
<h2>Found, by rule</h2>
${table(
  ['Kind', 'Found by', 'Rule', 'Masked', 'Readable', 'Accepted', 'Rejected', 'Undecided'],
  counts.map((count) => [
    count.label,
    count.detector,
    count.rule,
    count.masked,
    count.readable,
    count.decisions.accepted,
    count.decisions.rejected,
    count.decisions.pending,
  ]),
)}
<h2>Spans</h2>
${table(
  ['From', 'To', 'Alias', 'Found by', 'Rule', 'Score', 'Decision', 'Masked'],
  spans.map((span) => [
    clockTime(span.start),
    clockTime(span.end),
    span.alias,
    span.detector,
    span.rule,
    span.score.toFixed(2),
    span.decision,
    span.masked ? 'yes' : 'no',
  ]),
)}
<h2>Files</h2>
${table(
  ['Name', 'Bytes', 'SHA-256'],
  files.map(({ name, bytes, sha256: hash }) => [name, bytes, hash]),
)}`;
  return htmlPage({ language: 'en', title, style: STYLE, body });
}

function table(heads: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const row = (tag: 'th' | 'td', cells: readonly (string | number)[]) =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeMarkup(String(cell))}</${tag}>`).join('')}</tr>`;
  return `<table>\n${[row('th', heads), ...rows.map((cells) => row('td', cells))].join('\n')}\n</table>`;
}
