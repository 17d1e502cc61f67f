import type { Acoustics } from '../recognizer/acoustics.ts';
import type { ShareableTranscript, ShareableWord, Why } from '../redaction/shareable.ts';
import { noisyStretches } from '../transcript/noise.ts';
import { joinWords } from '../transcript/text.ts';
import type { Exporter } from './exporter.ts';
import { roundedSeconds } from './times.ts';

/** Version of this layout, counted apart from the transcript document's. */
const VERSION = 1;

/**
 * Everything for programs: segments with their text, words with times and confidence, and the masked spans with why each
 * was masked: what found it, by which rule, its score, and what the learned head listened to. Times are seconds. A masked
 * span is one word in every list, under its alias; its original value is nowhere. `noisy` are the
 * stretches with much background noise; `acoustics` is null where the model pack does not tell the noise.
 */
export const jsonExporter: Exporter = {
  extension: 'json',
  mime: 'application/json',
  async render(transcript) {
    const file = {
      format: 'sotto-export',
      version: VERSION,
      redacted: transcript.redacted,
      counts: transcript.counts,
      title: transcript.title,
      duration: roundedSeconds(transcript.duration),
      language: transcript.language,
      noisy: noisyStretches(transcript).map(({ start, end }) => ({
        start: roundedSeconds(start),
        end: roundedSeconds(end),
      })),
      segments: transcript.segments.map(({ start, end, speaker, words, acoustics }) => ({
        start: roundedSeconds(start),
        end: roundedSeconds(end),
        speaker,
        text: joinWords(
          words.map((word) => word.text),
          transcript.language,
        ),
        words: words.map(wordFields),
        acoustics: acoustics === null ? null : acousticFields(acoustics),
      })),
      entities: entityFields(transcript),
    };
    return new TextEncoder().encode(`${JSON.stringify(file, null, 2)}\n`);
  },
  async readBack(bytes) {
    const byField = new Map<string, string[]>();
    collectStrings(JSON.parse(new TextDecoder().decode(bytes)), '', byField);
    return [...byField.values()].map((values) => values.join(' ')).join('\n');
  },
};

function wordFields({ text, start, end, confidence, masked }: ShareableWord) {
  const times = { start: roundedSeconds(start), end: roundedSeconds(end) };
  return { text, ...times, confidence, label: masked?.label ?? null };
}

/** The mean share of noise and the head weights of a segment, and the noise of each second from `from` on. */
function acousticFields({ weights, from, noise }: Acoustics) {
  const known = noise.filter((share) => share !== null);
  const mean = known.length === 0 ? null : known.reduce((sum, share) => sum + share) / known.length;
  const rounded = (share: number) => Math.round(share * 1000) / 1000;
  return {
    noise: mean === null ? null : rounded(mean),
    weights: {
      spectral: rounded(weights.spectral),
      temporal: rounded(weights.temporal),
      noise: rounded(weights.noise),
    },
    from,
    noiseBySecond: noise,
  };
}

function entityFields({ segments }: ShareableTranscript) {
  const all = segments.flatMap(({ words }) => words);
  return all.flatMap(({ start, end, masked }) => {
    if (masked === null) return [];
    const { label, alias, why } = masked;
    const times = { start: roundedSeconds(start), end: roundedSeconds(end) };
    return [{ label, alias, ...times, why: why ? whyFields(why, all) : null }];
  });
}

/** Why a span was masked; the words listened to are as masked as everywhere. */
function whyFields({ detector, rule, score, heard }: Why, words: readonly ShareableWord[]) {
  if (!heard) return { detector, rule, score, heard: null };
  const { start, end, share } = heard;
  const listened = words.filter((word) => word.start < end && word.end > start).map(({ text }) => text);
  const times = { start: roundedSeconds(start), end: roundedSeconds(end) };
  return { detector, rule, score, heard: { ...times, share, words: listened } };
}

/** Field names and values that are Sotto's own words, whatever was said. */
const OWN_FIELDS = new Set(['format', 'label', 'language', 'detector', 'rule']);

/** Gathers strings by field, so that a value spread over the words of a list stands in one text. */
function collectStrings(value: unknown, field: string, byField: Map<string, string[]>): void {
  if (typeof value === 'string') {
    if (OWN_FIELDS.has(field)) return;
    const values = byField.get(field);
    if (values === undefined) byField.set(field, [value]);
    else values.push(value);
  } else if (Array.isArray(value)) {
    for (const item of value) collectStrings(item, field, byField);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) collectStrings(item, key, byField);
  }
}
