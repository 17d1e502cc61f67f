import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { seededRandom } from '../../core/recognizer/random.ts';
import { LABELS, type Label } from '../../core/transcript/schema.ts';

/** A value in a text; offsets in UTF-16 units. */
export interface GoldSpan {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  /** Where a person's name comes from. */
  readonly origin?: string;
}

/** A text with the personal data in it. Turns are lines. */
export interface Example {
  readonly text: string;
  readonly spans: readonly GoldSpan[];
  /** Stretches of which the source says nothing. */
  readonly silent: readonly (readonly [number, number])[];
  /** The labels that the source marks; of others it says nothing either. */
  readonly known: ReadonlySet<string>;
}

/** Labels of ../shared/ner in ours; what is not named here is left out. */
const foreignLabels: Record<string, Label> = {
  PER: 'PERSON', person: 'PERSON', artist_name: 'PERSON', audiobook_author: 'PERSON',
  LOC: 'LOCATION', location: 'LOCATION', place_name: 'LOCATION',
  corporation: 'ORG', group: 'ORG', business_name: 'ORG',
  date: 'DATE', email_address: 'EMAIL',
}; // biome-ignore format: a table

interface Line {
  readonly text?: string;
  readonly tokens?: readonly string[];
  readonly spans?: readonly GoldSpan[];
  readonly silent?: readonly (readonly [number, number])[];
  readonly known?: readonly string[];
}

/**
 * Reads lines `{text, spans: [{start, end, label}], silent?, known?}`, offsets in characters, or the format of ../shared/ner:
 * `{tokens, spans}` with offsets in tokens. Where a file does not say which labels it marks, it marks those that it has.
 */
export async function readExamples(file: string): Promise<Example[]> {
  const lines: { line: Line; text: string; spans: GoldSpan[] }[] = [];
  for await (const json of createInterface({ input: createReadStream(file) })) {
    if (json.trim() === '') continue;
    const line = JSON.parse(json) as Line;
    const { text, spans } =
      line.text === undefined ? joined(line) : { text: line.text, spans: line.spans ?? [] };
    lines.push({
      line,
      text,
      spans: spans.map((span) => ({ ...span, label: foreignLabels[span.label] ?? span.label })),
    });
  }
  const present = new Set(lines.flatMap(({ spans }) => spans.map(({ label }) => label)));
  const marked = new Set(LABELS.filter((label) => present.has(label)));
  return lines.map(({ line, text, spans }) => ({
    text,
    spans,
    silent: line.silent ?? [],
    known: line.known === undefined ? marked : new Set(line.known),
  }));
}

function joined({ tokens = [], spans = [] }: Line): { text: string; spans: GoldSpan[] } {
  const starts: number[] = [];
  let text = '';
  for (const token of tokens) {
    if (text !== '') text += ' ';
    starts.push(text.length);
    text += token;
  }
  return {
    text,
    spans: spans.map(({ start, end, label }) => ({
      start: starts[start]!,
      end: starts[end - 1]! + tokens[end - 1]!.length,
      label,
    })),
  };
}

/** As a recogniser without punctuation and casing would write it; offsets follow. */
export function lowered({ text, spans, silent, known }: Example): Example {
  let out = '';
  const moved: number[] = [];
  for (const char of text) {
    for (let n = 0; n < char.length; n++) moved.push(out.length);
    if (!/[.,;:!?"“”()[\]…]/.test(char)) out += char.toLowerCase();
  }
  moved.push(out.length);
  return {
    text: out,
    spans: spans.map((span) => ({ ...span, start: moved[span.start]!, end: moved[span.end]! })),
    silent: silent.map(([start, end]) => [moved[start]!, moved[end]!]),
    known,
  };
}

/** `count` of the items, or all, drawn with a seed and in their order; of texts no more than hold `words` words together. */
export function sampled<T>(items: readonly T[], count: number, words = Infinity): T[] {
  const random = seededRandom(1);
  const drawn = items.map((item, at) => ({ item, at, draw: random() })).sort((a, b) => a.draw - b.draw);
  const kept: typeof drawn = [];
  let total = 0;
  for (const one of drawn) {
    const text = (one.item as { text?: string }).text;
    total += text === undefined ? 0 : countWords(text);
    if (kept.length === count || total > words) break;
    kept.push(one);
  }
  return kept.sort((a, b) => a.at - b.at).map(({ item }) => item);
}

export function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}
