import { UserError } from '../errors.ts';
import { clockTime } from '../transcript/clockTime.ts';
import type { Label, Transcript, Word } from '../transcript/schema.ts';
import { isAnonymousSpeaker } from './aliases.ts';
import { comparisonKeys } from './distinctive.ts';
import { mask } from './mask.ts';
import { isSaidAgain } from './misheard.ts';
import { perPolicy } from './perPolicy.ts';
import { maskedEntities, masks, type Policy } from './policy.ts';
import { ReadableText, type Reading, type Secret } from './readableText.ts';

/** A masked value that can still be read in a finished artefact. It never holds the value. */
export interface Leak {
  readonly label: Label;
  /** Offset in the text that was checked, in characters. */
  readonly offset: number;
  /** How it can be read. */
  readonly form: Reading['form'] | 'in context';
  /** Where in the recording the readable words are said, or null where they are in no turn (a file name, a speaker's). */
  readonly seconds: number | null;
}

/**
 * Searches the text read back from a finished artefact for values that the policy masks: as written, in other casing,
 * with other separators, digits said as words, words spelled in letters, names in a near spelling that sounds the same.
 *
 * A masked name that is also an ordinary word ("Will") or a short number ("34") may stand elsewhere with good reason.
 * Such a value, and a word that was masked because it was hardly understood, counts as a leak only where it stands
 * between the words that stood around it in the transcript. What a
 * person has rejected, what the policy keeps under another label and what the allow list names is no leak.
 */
export function leakCheck(text: string, transcript: Transcript, policy: Policy): Leak[] {
  const place = new ReadableText(text);
  const wordings = keptWordings(transcript, policy);
  const isKept = (value: string) => wordings.some((wording) => wording.includes(` ${value} `));
  const leaks: Leak[] = [];
  const seen = new Set<string>();
  const report = (label: Label, offset: number, form: Leak['form']) => {
    if (seen.has(`${label} ${offset}`)) return;
    seen.add(`${label} ${offset}`);
    leaks.push({ label, offset, form, seconds: null });
  };
  for (const secret of secrets(transcript, policy))
    for (const { offset, form } of place.readings(secret, isKept)) report(secret.label, offset, form);
  for (const { label, keys } of contexts(transcript, policy)) {
    for (const offset of place.find(keys)) report(label, offset, 'in context');
  }
  return leaks.length === 0 ? leaks : placed(leaks, place.text, transcript, policy);
}

/** The leaks in order, each with the time at which its first word is said unmasked: as often said before in the text. */
function placed(leaks: readonly Leak[], text: string, transcript: Transcript, policy: Policy): Leak[] {
  const masked = new Set(maskedEntities(transcript, policy).flatMap(({ words }) => words));
  const times = new Map<string, number[]>();
  for (const { id, text: said, start } of textOf(transcript).values()) {
    if (masked.has(id)) continue;
    for (const key of comparisonKeys(said)) times.set(key, [...(times.get(key) ?? []), start]);
  }
  return [...leaks]
    .sort((a, b) => a.offset - b.offset)
    .map((leak) => {
      const [key] = comparisonKeys(text.slice(leak.offset, leak.offset + 60));
      const said = (key !== undefined && times.get(key)) || [];
      const before =
        said.length > 1
          ? comparisonKeys(text.slice(0, leak.offset)).filter((word) => word === key).length
          : 0;
      return { ...leak, seconds: said[Math.min(before, said.length - 1)] ?? null };
    });
}

/**
 * Refuses an artefact in which a masked value is still readable.
 * @throws UserError `leak`; it names the file and the kinds of data, never a value.
 */
export function assertNoLeak(text: string, transcript: Transcript, policy: Policy, file: string): void {
  const leaks = leakCheck(text, transcript, policy);
  if (leaks.length === 0) return;
  const kinds = [...new Set(leaks.map((leak) => leak.label))].join(', ');
  const values = leaks.length === 1 ? 'a masked value' : `${leaks.length} masked values`;
  const alike = leaks.every(({ form }) => form === 'sounds alike') ? 'something that sounds like ' : '';
  const times = [...new Set(leaks.flatMap(({ seconds }) => (seconds === null ? [] : [clockTime(seconds)])))];
  const where =
    times.length === 0
      ? 'rename the recording and the speakers, or mask the remaining places,'
      : `mask or reject what is said at ${times.slice(0, 5).join(', ')}${times.length > 5 ? ' and later' : ''}`;
  throw new UserError(
    'leak',
    `"${file}" was not written: it still holds ${alike}${values} (${kinds}); ${where} and export again.`,
  );
}

function textOf(transcript: Transcript): Map<string, Word> {
  return new Map(transcript.segments.flatMap((segment) => segment.words.map((word) => [word.id, word])));
}

const secrets = perPolicy((transcript, policy): readonly Secret[] => {
  const words = textOf(transcript);
  const found: Secret[] = maskedEntities(transcript, policy)
    .map(({ label, rule, words: ids }) => ({
      label,
      rule,
      keys: ids.flatMap((id) => comparisonKeys(words.get(id)?.text ?? '')),
    }))
    .filter(({ rule, keys }) => isSaidAgain(rule, keys));
  if (masks(policy, 'PERSON')) {
    const allowed = new Set(policy.allow.map((phrase) => comparisonKeys(phrase).join(' ')));
    for (const { name } of transcript.speakers) {
      const keys = comparisonKeys(name);
      if (!isAnonymousSpeaker(name) && !allowed.has(keys.join(' '))) found.push({ label: 'PERSON', keys });
    }
  }
  const unique = new Map(
    found
      .filter(({ keys }) => keys.length > 0)
      .map((secret) => [`${secret.label} ${secret.keys.join(' ')}`, secret]),
  );
  return [...unique.values()];
});

/** Wordings that stay readable by decision: rejected, kept by the policy, or allowed; each between blanks. */
const keptWordings = perPolicy((transcript, policy): readonly string[] => {
  const words = textOf(transcript);
  const masked = new Set(maskedEntities(transcript, policy).map(({ id }) => id));
  const kept = transcript.entities
    .filter(({ id }) => !masked.has(id))
    .map((entity) => entity.words.flatMap((id) => comparisonKeys(words.get(id)?.text ?? '')));
  const wordings = [...kept, ...policy.allow.map(comparisonKeys)].map((keys) => ` ${keys.join(' ')} `);
  return [...new Set(wordings)];
});

/** Each masked span between its neighbours, where that wording is not also in the masked transcript. */
const contexts = perPolicy((transcript, policy): readonly Secret[] => {
  const shared = mask(transcript, policy).segments.flatMap((segment) =>
    segment.words.flatMap((word) => (word.masked ? ['\u0000'] : comparisonKeys(word.text))),
  );
  const visible = ` ${shared.join(' ')} `;
  const all = transcript.segments.flatMap((segment) => segment.words);
  const place = new Map(all.map((word, index) => [word.id, index]));
  const masked = new Map(
    maskedEntities(transcript, policy).flatMap((entity) => entity.words.map((id) => [id, entity.id])),
  );
  const found: Secret[] = [];
  for (const { label, words: ids } of maskedEntities(transcript, policy)) {
    const first = place.get(ids[0]!);
    const last = place.get(ids[ids.length - 1]!);
    if (first === undefined || last === undefined) continue;
    const near = (index: number) => {
      const word = all[index];
      return word && !masked.has(word.id) ? comparisonKeys(word.text) : [];
    };
    const before = near(first - 1);
    const after = near(last + 1);
    const value = all.slice(first, last + 1).flatMap((word) => comparisonKeys(word.text));
    // A span of mere punctuation says nothing that could be read again.
    if (before.length === 0 || after.length === 0 || value.length === 0) continue;
    const keys = [...before, ...value, ...after];
    if (!visible.includes(` ${keys.join(' ')} `)) found.push({ label, keys });
  }
  return found;
});
