import { UserError } from '../errors.ts';
import type { AliasMap } from './aliasMap.ts';
import { escapeMarkup } from './markup.ts';
import { escapeMarkdown } from './md.ts';

/** A text with the originals back in it. */
export interface Reidentified {
  readonly text: string;
  /** Places that hold again exactly what was said there. */
  readonly exact: number;
  /** Places that hold the fullest form of the name or value: the text is not the whole of the export, or was changed. */
  readonly fullest: number;
  /** Places left as they are: what stands there stands for several values, and it cannot be told which. */
  readonly left: number;
}

/** A place of the text at which something of the map stands. */
interface Place {
  readonly part: number;
  readonly at: number;
  readonly length: number;
  readonly shown: string;
  readonly kind: 'said' | 'speaker' | 'title';
}

/**
 * Puts the originals back into a redacted text: txt, md, srt, vtt, html, csv, or json of Sotto, whole or in part.
 * Where something stands as often as it was said, each place gets what was said there; else all get its fullest form.
 * @throws UserError `unsupported` when the bytes are no text.
 */
export function reidentify(bytes: Uint8Array, map: AliasMap, name: string): Reidentified {
  const text = decoded(bytes, name);
  const json = jsonOf(text);
  if (json !== null) return restoreJson(json, map);
  const markup = /^\s*(?:<!doctype html|WEBVTT)/i.test(text);
  const { parts, ...counts } = restore([text], map, 'text', markup ? escapeMarkup : (value) => value);
  return { text: parts[0]!, ...counts };
}

function decoded(bytes: Uint8Array, name: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (!text.includes('\u0000')) return text;
  } catch {
    // Told below.
  }
  throw new UserError(
    'unsupported',
    `"${name}" is no text file, so nothing can be put back into it; export the transcript as txt, md, srt, vtt, html, csv or json.`,
  );
}

function jsonOf(text: string): object | null {
  if (!/^\s*[{[]/.test(text)) return null;
  try {
    return JSON.parse(text) as object;
  } catch {
    return null;
  }
}

/** Each field of a JSON file holds the whole transcript by itself: the segments' text, the words, the list of spans. */
function restoreJson(value: object, map: AliasMap): Reidentified {
  const fields = new Map<string, string[]>();
  walk(value, '', (text, field) => {
    const texts = fields.get(field) ?? [];
    texts.push(text);
    fields.set(field, texts);
    return text;
  });
  const counts = { exact: 0, fullest: 0, left: 0 };
  const restored = new Map(
    [...fields].map(([field, texts]) => {
      const done = restore(texts, map, /(?:^|\.)speaker$/.test(field) ? 'speaker' : 'text', (text) => text);
      counts.exact += done.exact;
      counts.fullest += done.fullest;
      counts.left += done.left;
      return [field, done.parts.values()];
    }),
  );
  const text = JSON.stringify(
    walk(value, '', (_, field) => restored.get(field)!.next().value!),
    null,
    2,
  );
  return { text: `${text}\n`, ...counts };
}

/** The value with every string replaced, in order; `field` names where it stands, whatever its place in lists. */
function walk(value: unknown, field: string, replace: (text: string, field: string) => string): unknown {
  if (typeof value === 'string') return replace(value, field);
  if (Array.isArray(value)) return value.map((item) => walk(item, field, replace));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      walk(item, field === '' ? key : `${field}.${key}`, replace),
    ]),
  );
}

function restore(
  parts: readonly string[],
  map: AliasMap,
  field: 'text' | 'speaker',
  asWritten: (text: string) => string,
): { parts: string[]; exact: number; fullest: number; left: number } {
  const placesIn = placesOf(map, field, asWritten);
  const places = parts.flatMap(placesIn);
  const said = new Map<string, number>();
  for (const { shown, kind } of places) if (kind === 'said') said.set(shown, (said.get(shown) ?? 0) + 1);
  const taken = new Map<string, number>();
  const counts = { exact: 0, fullest: 0, left: 0 };
  const out = [...parts];
  const values = new Map(map.values.map((value) => [value.shown, value]));
  const originals = places.map(({ shown, kind }) => {
    if (kind === 'title') return map.title.original;
    if (kind === 'speaker') return map.speakers.find((speaker) => speaker.shown === shown)!.original;
    const value = values.get(shown)!;
    const nth = taken.get(shown) ?? 0;
    taken.set(shown, nth + 1);
    if (said.get(shown) === value.originals.length) {
      counts.exact++;
      return value.originals[nth]!;
    }
    counts[value.single ? 'fullest' : 'left']++;
    return value.single ? fullestOf(value.originals) : null;
  });
  for (let index = places.length - 1; index >= 0; index--) {
    const original = originals[index];
    const { part, at, length } = places[index]!;
    const text = out[part]!;
    if (original != null) out[part] = text.slice(0, at) + asWritten(original) + text.slice(at + length);
  }
  return { parts: out, ...counts };
}

/** The form with the most words, then letters. */
function fullestOf(originals: readonly string[]): string {
  const words = (text: string) => text.split(/\s+/).length;
  return [...originals].sort((a, b) => words(b) - words(a) || b.length - a.length)[0]!;
}

/** Finds the places of a text; made once for all texts of a file, since a long recording's JSON has a text a word. */
function placesOf(
  { title, speakers, values }: AliasMap,
  field: 'text' | 'speaker',
  asWritten: (text: string) => string,
): (text: string, part: number) => Place[] {
  const written = new Map<string, string>();
  const spoken = new Set(speakers.map(({ shown }) => shown));
  const known = [...spoken, ...values.map(({ shown }) => shown)];
  if (title.shown !== title.original) known.push(title.shown);
  // As it is, as markup, and as Markdown escapes it.
  for (const shown of known)
    for (const form of [shown, asWritten(shown), escapeMarkdown(shown)]) written.set(form, shown);
  const forms = [...written.keys()].sort((a, b) => b.length - a.length);
  if (forms.length === 0) return () => [];
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${forms.map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})(?![\\p{L}\\p{N}])`,
    'gu',
  );
  const valueShown = new Set(values.map(({ shown }) => shown));
  return (text, part) =>
    [...text.matchAll(pattern)].map((match) => {
      const shown = written.get(match[0])!;
      const at = match.index;
      const place = { part, at, length: match[0].length, shown };
      if (shown === title.shown && shown !== title.original && !valueShown.has(shown))
        return { ...place, kind: 'title' };
      const speaks = spoken.has(shown) && (field === 'speaker' || namesSpeaker(text, at, match[0].length));
      return { ...place, kind: speaks || !valueShown.has(shown) ? 'speaker' : 'said' };
    });
}

/** Whether what stands here says who speaks, as each format writes it: `Name: ` first in its line, or a WebVTT voice. */
function namesSpeaker(text: string, at: number, length: number): boolean {
  const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  const after = text.slice(at + length, at + length + 2);
  if (/<v $/.test(before)) return after.startsWith('>');
  // In a table it is a cell of its own: "0.000,1.500,"Name","said"".
  if (/^\uFEFF?[\d.]+,[\d.]+,"$/.test(before)) return after === '",';
  return after.startsWith(':') && !/\p{L}/u.test(before.replace(/<[^>]*>/g, ''));
}
