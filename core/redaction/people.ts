import type { DetectedSpan } from './detector.ts';
import { type NameLists, nameLists } from './names/lists.ts';
import { Phrases, wordSet } from './phrases.ts';
import type { Reading } from './rules/reading.ts';
import type { Glyph } from './spoken.ts';
import type { Token } from './tokens.ts';

const titles = wordSet(`
  mr mrs ms miss mx dr doctor prof professor sir madam madame dame lord lady rev reverend father sister brother judge justice senator
  congressman congresswoman president chancellor governor mayor captain colonel general lieutenant sergeant officer detective
  inspector nurse aunt auntie uncle grandma grandpa master herr frau monsieur mme mlle senor senora signor signora sheikh rabbi imam coach
`);
/** Titles that are ordinary words too: a name must follow by list or by capital. */
const weakTitles = wordSet(`
  miss father sister brother judge justice president general officer master nurse doctor sir lord lady captain major coach mayor governor
  detective inspector professor madam senator uncle aunt grandma grandpa`);
const particles = wordSet(
  'van von der den de la le du di da dos das del della bin ibn al el st saint ter ten mac o abu ben',
);

/** After these words a name is expected. */
const introductions = new Phrases<string>()
  .add(
    [
      'my name is',
      "my name's",
      'my names',
      'name is',
      'full name is',
      'name was',
      'his name is',
      'her name is',
      'their name is',
      'first name is',
      'last name is',
      'surname is',
      'first name',
      'last name',
      'surname',
      'family name',
      'maiden name',
      'middle name',
      'given name',
      'name of',
      'names are',
      'name',
      'i am called',
      'is called',
      'was called',
      'named',
      'called',
      'nicknamed',
      'goes by',
      'known as',
      'call me',
      'signed by',
      'i go by',
    ],
    'introduction',
  )
  .add(
    [
      'this is',
      "i'm",
      'i am',
      'it is',
      "it's",
      'im',
      'here is',
      'meet',
      'ask for',
      'speak to',
      'speak with',
      'speaking with',
      'speaking to',
      'talk to',
      'spoke to',
      'spoke with',
      'talked to',
      'met with',
      'welcome',
    ],
    'self',
  )
  .add(
    [
      'hi',
      'hello',
      'hey',
      'dear',
      'thanks',
      'thank you',
      'cheers',
      'bye',
      'goodbye',
      'good morning',
      'good afternoon',
      'good evening',
      'morning',
      'sorry',
      'please',
      'congratulations',
      'congrats',
      'happy birthday',
      'welcome back',
      'okay',
      'ok',
      'so',
      'well',
      'yes',
      'no',
      'yeah',
      'right',
      'over to',
      'regards',
      'sincerely',
      'love',
    ],
    'address',
  );

/** Words after a name that make it one: "sarah said", "tom from accounting". */
const personVerbs = wordSet(`
  said says told asked thinks thought wants wanted lives lived works worked called calls mentioned speaking here told's agreed wrote sent emailed died
  married graduated replied and's moved joined knows knew explained suggested
`);

/** How strongly the lists say that a word is a name when nothing else does, 0 to 1. */
function namehood(token: Token, lists: NameLists): number {
  const { key } = token;
  const forename = lists.forenames.get(key) ?? -1;
  const surname = lists.surnames.get(key) ?? -1;
  const use = lists.words.get(key);
  if (forename < 0 && surname < 0) return 0;
  const listed = Math.max(forename + 2, surname) / 11;
  if (!use) return Math.min(0.9, 0.4 + listed / 2);
  // Common words need their capital: nine tenths of "john" are capitalised, none of "will".
  return Math.max(0, Math.min(0.9, 0.4 + listed / 2) * (use.capital / 9) ** 0.7 - use.lower / 30);
}

/** Finds people by list and context, in any casing. Speaks for the learned head until there is one. */
export function recognisePeople({ tokens, glyphs }: Reading): DetectedSpan[] {
  const lists = nameLists();
  const cased = hasCasing(tokens);
  const score = tokens.map((token) => namehood(token, lists));
  const spans: DetectedSpan[] = [];
  const listed = (i: number) => lists.forenames.has(tokens[i]!.key) || lists.surnames.has(tokens[i]!.key);
  const common = (i: number) => (lists.words.get(tokens[i]!.key)?.lower ?? -1) >= 4;
  const capital = (i: number) => cased && tokens[i]!.casing !== 'lower' && tokens[i]!.casing !== 'none';
  const ends = (i: number) => /[.,;:?!)]/.test(tokens[i]!.after) && !/^(?:jr|sr|[a-z])$/.test(tokens[i]!.key);

  /** Whether token i can be (part of) a name where one is expected. */
  const expected = (i: number): boolean => {
    const token = tokens[i];
    if (!token || !/^[a-z][a-z'.-]*$/.test(token.key) || token.key === 'i') return false;
    if (cased && token.casing === 'lower') return listed(i) && !common(i) && score[i]! > 0.3;
    if (score[i]! >= 0.25) return true;
    if (capital(i) && !token.starts) return !common(i) || listed(i);
    return listed(i) && !common(i);
  };
  /** End of the name that begins at i. */
  const extend = (i: number): number => {
    let end = i + 1;
    while (end < tokens.length && end - i < 5 && !ends(end - 1) && !tokens[end - 1]!.possessive) {
      if (particles.has(tokens[end]!.key) && end + 1 < tokens.length && expected(end + 1) && !ends(end))
        end += 2;
      else if (expected(end) || (/^[b-hj-z]\.?$/.test(tokens[end]!.key) && expected(end + 1))) end++;
      else break;
    }
    return end;
  };
  /** "hope tanaka", "will b rossi": a forename, also one that is a word, before a surname that is none. */
  const isFullName = (i: number): boolean => {
    const forename = lists.forenames.get(tokens[i]!.key) ?? -1;
    if (forename < 0 || ends(i)) return false;
    const next = /^[b-hj-z]\.?$/.test(tokens[i + 1]?.key ?? '') ? i + 2 : i + 1;
    if (next >= tokens.length || !expected(next) || !lists.surnames.has(tokens[next]!.key)) return false;
    const surnameAlone =
      (lists.surnames.get(tokens[next]!.key) ?? 0) >= 3 &&
      (lists.words.get(tokens[next]!.key)?.lower ?? 0) < 2;
    return expected(i) || (forename >= 4 && surnameAlone && (!cased || capital(i)));
  };
  /** A forename that is a word, right after a greeting and at the end of the phrase or before "how are you". */
  const isGreeted = (i: number): boolean =>
    /^(?:hi|hello|hey|dear|goodbye|bye)$/.test(tokens[i - 1]!.key) &&
    (lists.forenames.get(tokens[i]!.key) ?? -1) >= 4 &&
    (/[,.!?]/.test(tokens[i]!.after) ||
      /^(?:how|this|it's|thanks|thank|good|nice)?$/.test(tokens[i + 1]?.key ?? ''));
  const add = (from: number, to: number, rule: string, value: number) =>
    spans.push({ from, to, label: 'PERSON', detector: 'names', rule, score: value });

  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (titles.has(token.key) && i + 1 < tokens.length && token.segment === tokens[i + 1]!.segment) {
      const weak = weakTitles.has(token.key);
      const next = i + 1;
      // "Mr Brown", also "mr brown"; but "ms cost" are milliseconds and "dr will see you" has no name.
      const rare = (lists.words.get(tokens[next]!.key)?.lower ?? -1) < (token.key === 'ms' ? 4 : 6);
      const named = !common(next) || (listed(next) && (capital(next) || (!cased && rare)));
      if (weak ? expected(next) && !common(next) : /^[a-z]/.test(tokens[next]!.key) && named)
        add(next, extend(next), 'title', 0.95);
    }
    const intro = introductions.at(tokens, i);
    if (intro && intro.to < tokens.length) {
      const at = intro.to;
      // After "my name is" even a word that is seldom a name is one: Hope, Will.
      const told =
        /^(?:is|was|names|name's)$/.test(tokens[at - 1]!.key) &&
        (lists.forenames.get(tokens[at]!.key) ?? -1) >= 3;
      if (intro.value === 'introduction' && (told || expected(at))) add(at, extend(at), 'introduction', 0.9);
      // "hi hope how are you"
      else if (isGreeted(at)) add(at, at + 1, 'address', 0.7);
      else if (
        intro.value !== 'introduction' &&
        expected(at) &&
        score[at]! > (intro.value === 'self' ? 0.3 : 0.25)
      )
        add(at, extend(at), intro.value, 0.8);
    }
    if (isFullName(i)) {
      add(i, extend(i), 'full name', 0.85);
    } else if (score[i]! >= 0.2 && expected(i) && personVerbs.has(tokens[i + 1]?.key ?? ''))
      add(i, i + 1, 'person verb', 0.7);
  }
  spans.push(...spelledNames(tokens, glyphs), ...inCapitals(tokens));
  return spans;
}

/** "HOUSER.": how a recogniser writes a name that was spelled, once it has put the letters together. */
function inCapitals(tokens: readonly Token[]): DetectedSpan[] {
  const shouted = tokens.filter(({ casing }) => casing === 'upper');
  if (2 * shouted.length > tokens.length) return [];
  const { forenames, surnames, words } = nameLists();
  return shouted
    .filter(
      ({ key }) => /^[a-z]{5,}$/.test(key) && (forenames.has(key) || surnames.has(key)) && !words.has(key),
    )
    .map(({ index }) => ({
      from: index,
      to: index + 1,
      label: 'PERSON',
      detector: 'names',
      rule: 'name in capitals',
      score: 0.7,
    }));
}

/** Whether the text's casing says anything: mixed case over the whole. */
function hasCasing(tokens: readonly Token[]): boolean {
  let lower = 0;
  let upper = 0;
  for (const token of tokens) {
    if (token.casing === 'lower') lower++;
    else if (token.casing === 'initial') upper++;
  }
  return upper > 0 && lower > 0;
}

/** "s m i t h", "that's S-M-I-T-H", "double l": letters one after another that are no common abbreviation. */
function spelledNames(tokens: readonly Token[], glyphs: readonly Glyph[]): DetectedSpan[] {
  const spans: DetectedSpan[] = [];
  let i = 0;
  while (i < glyphs.length) {
    let end = i;
    let letters = '';
    while (
      glyphs[end]?.kind === 'letter' ||
      (letters !== '' && glyphs[end]?.kind === 'filler' && glyphs[end + 1]?.kind === 'letter')
    ) {
      if (glyphs[end]!.kind === 'letter') letters += glyphs[end]!.text;
      end++;
    }
    if (letters.length >= 4 && new Set(letters).size > 2) {
      const from = glyphs[i]!.from;
      spans.push({
        from,
        to: glyphs[end - 1]!.to,
        label: 'PERSON',
        detector: 'names',
        rule: 'spelled',
        score: tokens[from] ? 0.7 : 0,
      });
    }
    i = Math.max(end, i + 1);
  }
  return spans;
}
