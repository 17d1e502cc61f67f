import { inflateSync } from 'node:zlib';
import type { Token } from '../tokens.ts';
import { nameFeatures } from './features.ts';
import { nameLists } from './lists.ts';
import { weights } from './weights.ts';

/** The model's labels: outside, and beginning and inside of a person, a place and an organisation. */
const kinds = ['PERSON', 'LOCATION', 'ORG'] as const;
export type NameKind = (typeof kinds)[number];
/** O, then B and I of each kind. */
const states = 1 + 2 * kinds.length;

interface Model {
  /** (states, states): score of going from one label to the next. */
  readonly transitions: Float64Array;
  /** Feature to its row in `scores`. */
  readonly rows: ReadonlyMap<string, number>;
  /** (features, states) */
  readonly scores: Float64Array;
}

let loaded: Model | undefined;

/** Weights are tenths; the file's first lines are the transitions, then one front-coded feature a line. */
function model(): Model {
  if (loaded) return loaded;
  const lines = inflateSync(Buffer.from(weights, 'base64')).toString('utf8').split('\n');
  const transitions = Float64Array.from(
    lines.slice(0, states).flatMap((line) => line.split('\t').map(Number)),
    (tenths) => tenths / 10,
  );
  const rows = new Map<string, number>();
  const scores = new Float64Array((lines.length - states) * states);
  let previous = '';
  lines.slice(states).forEach((line, row) => {
    const [coded = '', values = ''] = line.split('\t');
    const name = previous.slice(0, Number.parseInt(coded[0]!, 36)) + coded.slice(1);
    previous = name;
    rows.set(name, row);
    for (const value of values.split(' '))
      scores[row * states + Number(value[0])] = Number(value.slice(1)) / 10;
  });
  loaded = { transitions, rows, scores };
  return loaded;
}

/** How probable it is, for each word, that it begins or goes on with a name of each kind. */
interface NameProbabilities {
  /** (words, 7): outside, then begin and inside of PERSON, LOCATION, ORG; each row sums to 1. */
  readonly marginals: Float64Array;
  readonly length: number;
}

/** Marginal probabilities of the conditional random field, by the forward-backward algorithm in the log domain. */
function nameProbabilities(tokens: readonly Token[]): NameProbabilities {
  const { transitions, rows, scores } = model();
  const length = tokens.length;
  const emission = new Float64Array(length * states);
  nameFeatures(tokens, nameLists()).forEach((names, i) => {
    for (const name of names) {
      const row = rows.get(name);
      if (row === undefined) continue;
      for (let s = 0; s < states; s++) emission[i * states + s]! += scores[row * states + s]!;
    }
  });
  const forward = new Float64Array(length * states);
  const backward = new Float64Array(length * states);
  const terms = new Float64Array(states);
  for (let i = 0; i < length; i++) {
    for (let s = 0; s < states; s++) {
      const own = emission[i * states + s]!;
      if (i === 0) {
        // A name cannot go on before it began.
        forward[s] = own + (s > 0 && s % 2 === 0 ? -20 : 0);
        continue;
      }
      for (let r = 0; r < states; r++)
        terms[r] = forward[(i - 1) * states + r]! + transitions[r * states + s]!;
      forward[i * states + s] = own + logSum(terms);
    }
  }
  for (let i = length - 2; i >= 0; i--) {
    for (let s = 0; s < states; s++) {
      for (let r = 0; r < states; r++)
        terms[r] =
          transitions[s * states + r]! + emission[(i + 1) * states + r]! + backward[(i + 1) * states + r]!;
      backward[i * states + s] = logSum(terms);
    }
  }
  const marginals = new Float64Array(length * states);
  for (let i = 0; i < length; i++) {
    for (let s = 0; s < states; s++) terms[s] = forward[i * states + s]! + backward[i * states + s]!;
    const total = logSum(terms);
    for (let s = 0; s < states; s++) marginals[i * states + s] = Math.exp(terms[s]! - total);
  }
  return { marginals, length };
}

function logSum(terms: Float64Array): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const term of terms) if (term > most) most = term;
  let sum = 0;
  for (const term of terms) sum += Math.exp(term - most);
  return most + Math.log(sum);
}

/** A name the model found, with the mean probability of its words. */
export interface NameSpan {
  readonly from: number;
  readonly to: number;
  readonly kind: NameKind;
  readonly probability: number;
}

/**
 * Runs of words whose probability of being a name, of whatever kind, is at least `threshold`; each has the kind that is
 * most probable over its words, and is parted where another name probably begins.
 */
export function nameSpans(tokens: readonly Token[], threshold: number): NameSpan[] {
  const { marginals, length } = nameProbabilities(tokens);
  const at = (i: number, s: number) => marginals[i * states + s]!;
  const spans: NameSpan[] = [];
  let i = 0;
  while (i < length) {
    if (1 - at(i, 0) < threshold) {
      i++;
      continue;
    }
    let end = i + 1;
    while (end < length && 1 - at(end, 0) >= threshold && begins(end) < 0.5 * (1 - at(end, 0))) end++;
    const sums = kinds.map((_, kind) => {
      let sum = 0;
      for (let word = i; word < end; word++) sum += at(word, 1 + 2 * kind) + at(word, 2 + 2 * kind);
      return sum;
    });
    const best = sums.indexOf(Math.max(...sums));
    const total = sums.reduce((sum, value) => sum + value, 0);
    spans.push({ from: i, to: end, kind: kinds[best]!, probability: total / (end - i) });
    i = end;
  }
  return spans;

  function begins(word: number): number {
    return at(word, 1) + at(word, 3) + at(word, 5);
  }
}
