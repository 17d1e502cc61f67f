import type { Entity, Label, Transcript, Word } from '../transcript/schema.ts';
import { type AliasRegister, isAnonymousSpeaker, registerAliases } from './aliases.ts';
import { detectEntities } from './detect.ts';
import { perPolicy } from './perPolicy.ts';
import { maskedCounts, maskedEntities, masks, type Policy } from './policy.ts';
import { replacer } from './replacements.ts';
import type { ShareableSegment, ShareableTranscript, ShareableWord, Why } from './shareable.ts';
import { fold, possessiveOf, splitPunctuation, splitWords } from './tokens.ts';

/**
 * What may be shared of a transcript under a policy: masked spans become one word, their alias
 * or what the policy replaces it by. The one function behind
 * every artefact. Speaker names and the recording's name are masked by the same rules, and searched for names of their own.
 */
export const mask = perPolicy((transcript, policy): ShareableTranscript => {
  const entities = maskedEntities(transcript, policy);
  const named = registerAliases(transcript);
  const { register, aliases: names } = named;
  const { replacement } = policy;
  const shown = replacer(replacement, transcript, named);
  // Who speaks must stay apart, so a speaker is never a bar or a mere kind.
  const distinct = replacement === 'substitute' || replacement === 'role';
  const speaker = distinct ? shown : (_: Label, alias: string) => alias;
  const entityOf = new Map<string, Entity>();
  for (const entity of entities) for (const word of entity.words) entityOf.set(word, entity);
  const speakers = new Map(
    transcript.speakers.map(({ id, name, role }) => [
      id,
      replacement === 'role' && role !== undefined && isAnonymousSpeaker(name)
        ? `[${role}]`
        : maskLabel(name, transcript, policy, register, speaker),
    ]),
  );
  return {
    redacted: true,
    title: maskLabel(transcript.recording.name, transcript, policy, register, null),
    duration: transcript.recording.duration,
    language: transcript.language,
    segments: transcript.segments.map((segment) => ({
      start: segment.start,
      end: segment.end,
      speaker: speakerOf(segment.words, speakers),
      words: maskWords(segment.words, entityOf, (entity) => shown(entity.label, names.get(entity.id)!)),
      acoustics: segment.acoustics ?? null,
    })),
    counts: maskedCounts(transcript, policy),
  };
});

/** The whole transcript in the form exporters take, nothing masked. */
export function reveal(transcript: Transcript): ShareableTranscript {
  const speakers = new Map(transcript.speakers.map(({ id, name }) => [id, name]));
  const segments: ShareableSegment[] = transcript.segments.map((segment) => ({
    start: segment.start,
    end: segment.end,
    speaker: speakerOf(segment.words, speakers),
    words: segment.words.map(({ text, start, end, confidence }) => ({
      text,
      start,
      end,
      confidence,
      masked: null,
    })),
    acoustics: segment.acoustics ?? null,
  }));
  const { name, duration } = transcript.recording;
  return { redacted: false, title: name, duration, language: transcript.language, segments, counts: {} };
}

function speakerOf(words: readonly Word[], speakers: ReadonlyMap<string, string>): string | null {
  const speaker = words.find((word) => word.speaker !== null)?.speaker;
  return (speaker && speakers.get(speaker)) || null;
}

/** Words of a segment, each masked run as one word between the punctuation that stood around it. */
function maskWords(
  words: readonly Word[],
  entityOf: ReadonlyMap<string, Entity>,
  aliasOf: (entity: Entity) => string,
): ShareableWord[] {
  const out: ShareableWord[] = [];
  let i = 0;
  while (i < words.length) {
    const word = words[i]!;
    const entity = entityOf.get(word.id);
    if (!entity) {
      out.push({
        text: word.text,
        start: word.start,
        end: word.end,
        confidence: word.confidence,
        masked: null,
      });
      i++;
      continue;
    }
    let end = i + 1;
    while (end < words.length && entityOf.get(words[end]!.id) === entity) end++;
    const last = words[end - 1]!;
    const alias = aliasOf(entity);
    out.push({
      text: inPlaceOf(
        words.slice(i, end).map(({ text }) => text),
        alias,
      ),
      start: word.start,
      end: Math.max(word.end, last.end),
      confidence: null,
      masked: { label: entity.label, alias, why: whyOf(entity) },
    });
    i = end;
  }
  return out;
}

function whyOf({ detector, rule, score, heard }: Entity): Why {
  return { detector, rule, score, ...(heard && { heard }) };
}

/** The alias between the punctuation and the possessive ending of the words it stands for. */
export function inPlaceOf(texts: readonly string[], alias: string): string {
  const first = splitPunctuation(texts[0]!);
  const last = splitPunctuation(texts[texts.length - 1]!);
  return `${first.core === '' ? '' : first.before}${alias}${possessiveOf(last.core)}${last.core === '' ? '' : last.after}`;
}

/**
 * A speaker's name or a file name with masked values and names of its own replaced. A speaker's name that is not a role
 * is a name, whatever the lists know.
 * @param speaker what a person's alias is replaced by in a speaker's name; null for a file name, which keeps aliases.
 */
function maskLabel(
  label: string,
  transcript: Transcript,
  policy: Policy,
  register: AliasRegister,
  speaker: ((label: Label, alias: string) => string) | null,
): string {
  if (speaker && masks(policy, 'PERSON') && !isAnonymousSpeaker(label)) {
    if (policy.allow.some((phrase) => fold(phrase) === fold(label.trim()))) return label;
    return speaker('PERSON', register.alias('PERSON', label));
  }
  // File names join words with marks: interview_sarah-connor.2024.
  const pieces = label.split(/([\s_.,()[\]-]+)/u);
  const words: { text: string; piece: number }[] = [];
  pieces.forEach((text, piece) => {
    if (piece % 2 === 0 && text !== '') words.push({ text, piece });
  });
  const secret = maskedKeys(transcript, policy);
  const found = detectEntities(
    words.map(({ text }) => ({ text, segment: 0, confidence: null })),
    policy,
  ).filter((span) => masks(policy, span.label) || span.detector === 'deny');
  const spans = [...found];
  words.forEach(({ text }, index) => {
    if (secret.has(fold(text)) && !spans.some((span) => span.from <= index && index < span.to))
      spans.push({
        from: index,
        to: index + 1,
        label: secret.get(fold(text))!,
        detector: 'names',
        rule: 'said before',
        score: 1,
      });
  });
  for (const span of spans.sort((a, b) => b.from - a.from)) {
    const first = words[span.from]!.piece;
    const last = words[span.to - 1]!.piece;
    const value = splitWords(
      pieces
        .slice(first, last + 1)
        .join('')
        .replace(/[_.-]+/g, ' '),
    )
      .map(({ text }) => text)
      .join(' ');
    pieces.splice(first, last - first + 1, register.alias(span.label, value));
    for (const word of words) if (word.piece > last) word.piece -= last - first;
  }
  return pieces.join('');
}

/** Folded words of masked values that identify by themselves. */
function maskedKeys(transcript: Transcript, policy: Policy): Map<string, Label> {
  const text = new Map(
    transcript.segments.flatMap((segment) => segment.words.map((word) => [word.id, word.text])),
  );
  const keys = new Map<string, Label>();
  for (const entity of maskedEntities(transcript, policy)) {
    for (const id of entity.words) {
      const key = fold(splitPunctuation(text.get(id) ?? '').core).replace(/'s$/, '');
      if (key.length > 2) keys.set(key, entity.label);
    }
  }
  return keys;
}
