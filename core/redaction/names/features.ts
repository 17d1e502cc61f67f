import { wordSet } from '../phrases.ts';
import type { Token } from '../tokens.ts';
import type { NameLists } from './lists.ts';

const titles = wordSet(
  'mr mrs ms miss mx dr doctor prof professor sir madam dame lord lady rev reverend father sister judge senator captain colonel general sergeant officer detective inspector nurse aunt auntie uncle grandma grandpa herr frau',
);
const particles = wordSet(
  'van von der den de la le du di da dos das del della bin ibn al el st ter ten mac abu ben',
);
const organisations = wordSet(`
  inc ltd llc corp corporation gmbh plc co company companies group bank university college school hospital clinic institute council department
  ministry agency foundation association society church club team partners holdings technologies solutions systems labs studios records
  airlines airways insurance services union party committee commission authority trust fund news press times museum hotel restaurant cafe
  store shop center centre federation league board bureau office academy ag sa bv consulting industries international network media
`);

/** Common words keep their identity; names, rare and unknown words are described by the lists and by their form alone. */
function wordOf(token: Token | undefined, lists: NameLists): string {
  if (!token) return '<none>';
  const use = lists.words.get(token.key);
  if (use && (use.lower >= 3 || titles.has(token.key) || organisations.has(token.key))) return token.key;
  if (/\d/.test(token.key)) return '<figures>';
  if (token.core === '') return '<mark>';
  if (token.core.startsWith('@')) return '<handle>';
  if (token.core.startsWith('#')) return '<hashtag>';
  return '<rare>';
}

function coarse(bucket: number | undefined): string {
  return bucket === undefined ? '-' : bucket < 2 ? 'a' : bucket < 4 ? 'b' : bucket < 6 ? 'c' : 'd';
}

/** What the lists say of a word: forename, surname, how ordinary it is, how often capitalised. */
function classOf(token: Token | undefined, lists: NameLists): string {
  if (!token) return 'none';
  const { key } = token;
  const use = lists.words.get(key);
  const ordinary =
    use === undefined ? '-' : use.lower < 2 ? 'a' : use.lower < 3 ? 'b' : use.lower < 5 ? 'c' : 'd';
  const capital =
    use === undefined ? '-' : use.capital < 1 ? 'a' : use.capital < 4 ? 'b' : use.capital < 8 ? 'c' : 'd';
  return coarse(lists.forenames.get(key)) + coarse(lists.surnames.get(key)) + ordinary + capital;
}

/** Place kinds: for each token the kind and position in the longest listed place that covers it, or ''. */
function placesOf(tokens: readonly Token[], lists: NameLists): string[] {
  const found = tokens.map(() => '');
  for (let i = 0; i < tokens.length; i++) {
    const longest = lists.placeLengths.get(tokens[i]!.key) ?? 0;
    for (let length = Math.min(longest, 5, tokens.length - i); length > 0; length--) {
      const kind = lists.places.get(
        tokens
          .slice(i, i + length)
          .map(({ key }) => key)
          .join(' '),
      );
      if (kind === undefined) continue;
      for (let n = 0; n < length; n++) found[i + n] = `${kind}${n === 0 ? 'b' : 'i'}${length > 1 ? '+' : ''}`;
      i += length - 1;
      break;
    }
  }
  return found;
}

/** Whether the text's casing means anything: some words in lower case and some with a capital. */
function hasCasing(tokens: readonly Token[]): boolean {
  let lower = 0;
  let capital = 0;
  for (const { casing } of tokens) {
    if (casing === 'lower') lower++;
    else if (casing === 'initial') capital++;
  }
  return lower > 0 && capital > 0 && capital < 4 * lower;
}

/**
 * The features of every token for the name model, as strings; `NameModel` holds a weight for each.
 * Training reads them from here too (models/training/names/dump.ts), so that both see the same.
 */
export function nameFeatures(tokens: readonly Token[], lists: NameLists): string[][] {
  const cased = hasCasing(tokens);
  const words = tokens.map((token) => wordOf(token, lists));
  const classes = tokens.map((token) => classOf(token, lists));
  const places = placesOf(tokens, lists);
  const ends = (token: Token | undefined) =>
    token ? (/[.?!]/.test(token.after) ? '.' : /[,;:]/.test(token.after) ? ',' : '') : '^';
  const shape = (token: Token | undefined) =>
    !token ? '^' : !cased ? '?' : `${token.casing[0]}${token.starts ? 's' : ''}`;
  return tokens.map((token, i) => {
    const word = words[i]!;
    const kind = classes[i]!;
    const before = words[i - 1] ?? '<none>';
    const after = words[i + 1] ?? '<none>';
    const before2 = words[i - 2] ?? '<none>';
    const after2 = words[i + 2] ?? '<none>';
    const form = shape(token);
    const features = [
      'b',
      `w ${word}`,
      `k ${kind}`,
      `s ${form}`,
      `sk ${form} ${kind}`,
      `p ${places[i]}`,
      `pk ${places[i]} ${form} ${kind.slice(2)}`,
      `w-1 ${before}`,
      `w+1 ${after}`,
      `w-2 ${before2}`,
      `w+2 ${after2}`,
      `w-12 ${before2} ${before}`,
      `w-1k ${before} ${kind}`,
      `w+1k ${after} ${kind}`,
      `k-1 ${classes[i - 1] ?? 'none'}`,
      `k+1 ${classes[i + 1] ?? 'none'}`,
      `k-1k ${(classes[i - 1] ?? 'none').slice(0, 3)} ${kind.slice(0, 3)}`,
      `kk+1 ${kind.slice(0, 3)} ${(classes[i + 1] ?? 'none').slice(0, 3)}`,
      `s-1s ${shape(tokens[i - 1])} ${form}`,
      `ss+1 ${form} ${shape(tokens[i + 1])}`,
      `p-1 ${places[i - 1] ?? ''}`,
      `p+1 ${places[i + 1] ?? ''}`,
      `e ${ends(tokens[i - 1])}${ends(token)}`,
      `ew ${ends(tokens[i - 1])} ${before} ${form}`,
    ];
    if (token.possessive) features.push('possessive', `possessive ${kind.slice(0, 3)}`);
    if (titles.has(words[i - 1] ?? '')) features.push('title', `title ${form}`);
    if (particles.has(token.key)) features.push('particle');
    if (/^[a-z]\.?$/.test(token.key)) features.push(`letter ${form}`);
    for (let ahead = 0; ahead < 4 && i + ahead < tokens.length; ahead++) {
      if (organisations.has(tokens[i + ahead]!.key)) {
        features.push(`org+${ahead}`, `org+${ahead} ${form}`);
        break;
      }
      if (ends(tokens[i + ahead]) !== '') break;
    }
    for (let back = 1; back < 4 && i - back >= 0; back++) {
      if (organisations.has(tokens[i - back]!.key)) {
        features.push(`org-${back} ${form}`);
        break;
      }
    }
    if (word === '<rare>' && token.key.length > 2) {
      const { key } = token;
      features.push(
        `x3 ${key.slice(-3)}`,
        `x2 ${key.slice(-2)}`,
        `y3 ${key.slice(0, 3)}`,
        `l ${Math.min(key.length, 10)}`,
      );
    }
    return features;
  });
}
