import type { CrossMemory } from './crossMemory.ts';
import type { Decoder } from './decoder.ts';
import { compressionRatio, endsInLoop, type Hypothesis, needsFallback } from './hypothesis.ts';
import type { RecognizerManifest } from './pack.ts';
import { seededRandom } from './random.ts';
import { probability, TokenChoice } from './tokenChoice.ts';
import type { Tokenizer } from './tokenizer.ts';

/** Whisper decodes at most half of the decoder's positions as text. */
const TEXT_SHARE = 0.5;
/** No language needs more tokens a second; what is longer is a loop. Short segments get room for a sentence. */
const MAX_TOKENS_PER_SECOND = 25;
const MIN_TOKEN_LIMIT = 48;

/** A segment in the cross memory, as decoding sees it. */
export interface DecodingRow {
  /** The segment's number in the recording: seeds the sampling, so that a result does not depend on the batch. */
  readonly index: number;
  readonly seconds: number;
  /** Encoder states that are sound, not padding. */
  readonly states: number;
}

/** What is known of a segment before it is decoded. */
export interface Foreknowledge {
  /** Text tokens that the segment begins with, and the log-probability of each. */
  readonly tokens: readonly number[];
  readonly logProbabilities: readonly number[];
  /** What probably follows them; it saves time where it is right and changes nothing where it is wrong. */
  readonly draft: readonly number[];
  /** Tokens that may follow the draft, or what of it was right; a hypothesis that wants more counts as looping. */
  readonly limit: number;
}

interface OpenHypothesis {
  readonly row: DecodingRow;
  readonly tokens: number[];
  readonly logProbabilities: number[];
  readonly attention: Float32Array[];
  readonly random: () => number;
  noSpeechProbability: number;
}

/** Greedy and sampled decoding of a batch without timestamps. */
export class Decoding {
  readonly #decoder: Decoder;
  readonly #tokenizer: Tokenizer;
  readonly #manifest: RecognizerManifest;
  readonly #choice: TokenChoice;

  constructor(decoder: Decoder, tokenizer: Tokenizer, manifest: RecognizerManifest) {
    this.#decoder = decoder;
    this.#tokenizer = tokenizer;
    this.#manifest = manifest;
    this.#choice = new TokenChoice(manifest);
  }

  /**
   * Decodes the first `rows.length` rows of the cross memory together. Rows that go on close the gaps of those that
   * end, so each step costs only what is still open. Afterwards the memory holds only rows that need a fallback.
   * @param rows what lies in the memory's rows; reordered in place as the memory is.
   * @throws the signal's reason when aborted, before the next step.
   */
  async decode(
    rows: DecodingRow[],
    memory: CrossMemory,
    options: {
      prompt: readonly number[];
      /** Tokens that go before the prompt, as what was said before. */
      previous: readonly number[];
      temperature: number;
      signal?: AbortSignal | undefined;
    },
  ): Promise<Map<DecodingRow, Hypothesis>> {
    const { prompt, temperature, signal } = options;
    const { tokens: special, dimensions, alignmentHeads } = this.#manifest;
    const heads = alignmentHeads.length;
    const open: OpenHypothesis[] = rows.map((row) => ({
      row,
      tokens: [],
      logProbabilities: [],
      attention: [],
      random: seededRandom(row.index * 16 + Math.round(temperature * 10)),
      noSpeechProbability: 0,
    }));
    const closed = new Map<DecodingRow, Hypothesis>();
    const textLimit = Math.floor(dimensions.maxTokens * TEXT_SHARE);
    this.#decoder.reset();
    // A few at a time: a step gives the probabilities of the whole vocabulary for each token of each row.
    for (let at = 0; at < options.previous.length; at += prompt.length) {
      signal?.throwIfAborted();
      const few = options.previous.slice(at, at + prompt.length);
      await this.#decoder.step(
        open.flatMap(() => few),
        open.length,
        memory,
      );
    }
    let next: number[] = open.flatMap(() => [...prompt]);
    while (open.length > 0) {
      signal?.throwIfAborted();
      const count = next.length / open.length;
      const { logits, alignment } = await this.#decoder.step(next, open.length, memory);
      next = [];
      const ended: number[] = [];
      for (const [slot, hypothesis] of open.entries()) {
        const row = (token: number) => {
          const start = (slot * count + token) * dimensions.vocabulary;
          return logits.subarray(start, start + dimensions.vocabulary);
        };
        for (let token = 0; token < count; token++)
          hypothesis.attention.push(
            attentionOf(
              alignment,
              { slot, token, count, heads, states: memory.states },
              hypothesis.row.states,
            ),
          );
        const first = hypothesis.tokens.length === 0;
        if (first) hypothesis.noSpeechProbability = probability(row(0), special.noSpeech);
        const chosen = this.#choice.choose(row(count - 1), first, temperature, hypothesis.random);
        hypothesis.logProbabilities.push(chosen.logProbability);
        next.push(chosen.token);
        const limit = Math.min(
          textLimit,
          Math.max(MIN_TOKEN_LIMIT, Math.round(hypothesis.row.seconds * MAX_TOKENS_PER_SECOND)),
        );
        if (chosen.token !== special.eot) hypothesis.tokens.push(chosen.token);
        const looping = endsInLoop(hypothesis.tokens);
        if (chosen.token === special.eot || looping || hypothesis.tokens.length >= limit) {
          ended.push(slot);
          closed.set(hypothesis.row, this.#close(hypothesis, looping || hypothesis.tokens.length >= limit));
        }
      }
      for (const slot of ended.reverse()) {
        const last = open.length - 1;
        // A row that will be decoded again is kept behind the open ones; moving alone costs a third of swapping.
        if (needsFallback(closed.get(rows[slot]!)!)) memory.swap(slot, last);
        else memory.move(last, slot);
        [rows[slot], rows[last]] = [rows[last]!, rows[slot]!];
        if (slot !== last) this.#decoder.moveRow(last, slot);
        open[slot] = open[last]!;
        next[slot] = next[last]!;
        open.pop();
        next.pop();
      }
    }
    return closed;
  }

  /**
   * Decodes the memory's first row greedily, from the tokens that are known on. The draft is checked in the same step
   * that takes in the prompt (greedy speculative decoding: Leviathan et al. 2023, Stern et al. 2018), so a step is
   * needed only for what the draft did not foresee.
   */
  async extend(
    row: DecodingRow,
    memory: CrossMemory,
    prompt: readonly number[],
    foreknowledge: Foreknowledge,
  ): Promise<Hypothesis> {
    const { tokens: special, dimensions, alignmentHeads } = this.#manifest;
    const hypothesis: OpenHypothesis = {
      row,
      tokens: [...foreknowledge.tokens],
      logProbabilities: [...foreknowledge.logProbabilities],
      attention: [],
      random: () => 0,
      noSpeechProbability: 0,
    };
    const textLimit = Math.floor(dimensions.maxTokens * TEXT_SHARE);
    let left = foreknowledge.limit;
    this.#decoder.reset();
    let draft = foreknowledge.draft;
    let next = [...prompt, ...foreknowledge.tokens, ...draft];
    for (;;) {
      const before = this.#decoder.length;
      const { logits, alignment } = await this.#decoder.step(next, 1, memory);
      const line = (token: number) =>
        logits.subarray(token * dimensions.vocabulary, (token + 1) * dimensions.vocabulary);
      const attend = (token: number) => {
        const at = {
          slot: 0,
          token,
          count: next.length,
          heads: alignmentHeads.length,
          states: memory.states,
        };
        hypothesis.attention.push(attentionOf(alignment, at, row.states));
      };
      if (before === 0) hypothesis.noSpeechProbability = probability(line(0), special.noSpeech);
      let heard = next.length - draft.length;
      for (let token = 0; token < heard; token++) attend(token);
      for (;;) {
        const first = hypothesis.tokens.length === 0;
        const chosen = this.#choice.choose(line(heard - 1), first, 0, hypothesis.random);
        hypothesis.logProbabilities.push(chosen.logProbability);
        if (chosen.token === special.eot) return this.#close(hypothesis, false);
        hypothesis.tokens.push(chosen.token);
        // Past the draft's end there is no token, which differs from the chosen one as well.
        const foreseen = next[heard] === chosen.token;
        if (!foreseen) left--;
        if (left < 0 || hypothesis.tokens.length >= textLimit || endsInLoop(hypothesis.tokens))
          return this.#close(hypothesis, true);
        if (!foreseen) {
          this.#decoder.truncate(before + heard, 1);
          next = [chosen.token];
          break;
        }
        attend(heard++);
      }
      draft = [];
    }
  }

  #close(hypothesis: OpenHypothesis, looping: boolean): Hypothesis {
    const { tokens, logProbabilities, attention, noSpeechProbability } = hypothesis;
    const sum = logProbabilities.reduce((total, value) => total + value, 0);
    return {
      seconds: hypothesis.row.seconds,
      text: this.#tokenizer.decode(tokens),
      tokens,
      logProbabilities: logProbabilities.slice(0, tokens.length),
      meanLogProbability: sum / (tokens.length + 1),
      noSpeechProbability,
      compressionRatio: compressionRatio(this.#tokenizer.bytes(tokens)),
      looping,
      attention,
    };
  }
}

/** Copies one token's attention [heads, states] over the real states out of a step's [rows, heads, tokens, states]. */
function attentionOf(
  alignment: Float32Array,
  at: { slot: number; token: number; count: number; heads: number; states: number },
  real: number,
): Float32Array {
  const attention = new Float32Array(at.heads * real);
  for (let head = 0; head < at.heads; head++) {
    const start = ((at.slot * at.heads + head) * at.count + at.token) * at.states;
    attention.set(alignment.subarray(start, start + real), head * real);
  }
  return attention;
}
