import { z } from 'zod';
import { UserError } from '../errors.ts';
import { aliases } from '../redaction/aliases.ts';
import { mask } from '../redaction/mask.ts';
import { maskedEntities, type Policy } from '../redaction/policy.ts';
import { possessiveOf, splitPunctuation } from '../redaction/tokens.ts';
import { seal, unseal } from '../sealed.ts';
import { labelSchema, type Transcript } from '../transcript/schema.ts';
import { joinWords } from '../transcript/text.ts';

const pairSchema = z.strictObject({ shown: z.string().min(1), original: z.string() });

const aliasMapSchema = z.strictObject({
  version: z.literal(1),
  title: pairSchema,
  speakers: z.array(pairSchema),
  values: z.array(
    z.strictObject({
      /** As it stands in the redacted text. */
      shown: z.string().min(1),
      label: labelSchema,
      /** Whether it stands for one person or value only. */
      single: z.boolean(),
      /** What was said, once for each place, in the order of the transcript. */
      originals: z.array(z.string()).min(1),
    }),
  ),
});

/** What leads from a redacted export back to what was said; it is only ever written sealed. */
export type AliasMap = z.infer<typeof aliasMapSchema>;

/** The map of an export under a policy. */
export function aliasMap(transcript: Transcript, policy: Policy): AliasMap {
  const shareable = mask(transcript, policy);
  const names = aliases(transcript);
  const maskedBy = new Map(
    maskedEntities(transcript, policy).flatMap((entity) => entity.words.map((id) => [id, entity])),
  );
  const values = new Map<string, AliasMap['values'][number] & { aliases: Set<string> }>();
  transcript.segments.forEach(({ words }, place) => {
    const shown = shareable.segments[place]!.words.flatMap(({ masked }) =>
      masked === null ? [] : [masked.alias],
    );
    for (let from = 0; from < words.length; ) {
      const entity = maskedBy.get(words[from]!.id);
      let to = from + 1;
      while (entity && to < words.length && maskedBy.get(words[to]!.id) === entity) to++;
      if (entity) {
        const text = shown.shift()!;
        const original = saidAs(
          words.slice(from, to).map((word) => word.text),
          transcript.language,
        );
        const value = values.get(text) ?? {
          shown: text,
          label: entity.label,
          single: true,
          originals: [],
          aliases: new Set(),
        };
        value.originals.push(original);
        value.aliases.add(names.get(entity.id)!);
        values.set(text, value);
      }
      from = to;
    }
  });
  const speakers = new Map<string, string>();
  transcript.segments.forEach((segment, place) => {
    const { speaker } = shareable.segments[place]!;
    const id = segment.words.find((word) => word.speaker !== null)?.speaker;
    const name = transcript.speakers.find((one) => one.id === id)?.name;
    if (speaker !== null && name !== undefined && speaker !== name) speakers.set(speaker, name);
  });
  return {
    version: 1,
    title: { shown: shareable.title, original: transcript.recording.name },
    speakers: [...speakers].map(([shown, original]) => ({ shown, original })),
    values: [...values.values()].map(({ aliases: stoodFor, ...value }) => ({
      ...value,
      single: stoodFor.size === 1,
    })),
  };
}

/** A masked run without the punctuation and the possessive ending that stay outside its alias. */
function saidAs(texts: readonly string[], language: string): string {
  const whole = joinWords(texts, language);
  const first = splitPunctuation(texts[0]!);
  const last = splitPunctuation(texts[texts.length - 1]!);
  const before = first.core === '' ? '' : first.before;
  const after = `${possessiveOf(last.core)}${last.core === '' ? '' : last.after}`;
  return whole.slice(before.length, whole.length - after.length);
}

/** The map as a file. @throws UserError `usage` for a passphrase that is too short. */
export async function sealMap(map: AliasMap, passphrase: string): Promise<Uint8Array> {
  return new TextEncoder().encode(await seal('sotto-map', JSON.stringify(map), passphrase));
}

/**
 * Reads a map's file.
 * @param name of the file, for sentences.
 * @throws UserError as `unseal`.
 */
export async function openMap(file: string, passphrase: string, name: string): Promise<AliasMap> {
  const map = aliasMapSchema.safeParse(JSON.parse(await unseal('sotto-map', file, passphrase, name)));
  if (map.success) return map.data;
  throw new UserError('corrupt', `"${name}" was made by a newer Sotto; update Sotto to open it.`);
}
