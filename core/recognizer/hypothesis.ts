import { deflateSync } from 'node:zlib';

/** One decoding of one segment. */
export interface Hypothesis {
  /** Length of the segment. */
  readonly seconds: number;
  readonly text: string;
  /** Text tokens, the end token left out. */
  readonly tokens: readonly number[];
  /** Log-probability of each token. */
  readonly logProbabilities: readonly number[];
  /** Mean over the tokens and the end token. */
  readonly meanLogProbability: number;
  /** Whisper's probability that nothing is said, from the first step. */
  readonly noSpeechProbability: number;
  /** Bytes of the text by bytes of its deflation: high where the text repeats itself. */
  readonly compressionRatio: number;
  /** Decoding was stopped because it ran in a circle. */
  readonly looping: boolean;
  /** For every token given to the decoder, prompt first: [alignment heads, states]. */
  readonly attention: readonly Float32Array[];
}

/** Thresholds of openai/whisper `transcribe.py`, but for one. */
const MAX_COMPRESSION_RATIO = 2.4;
const MIN_MEAN_LOG_PROBABILITY = -1;
/**
 * Whisper's is 0.6, for windows that are mostly silent. Here silence is cut out before: improbable speech of 2.4 to 5 s
 * had 0.01 to 0.1 (speechocean762), the murmur of a coffee house that passed for speech 0.5.
 */
const MAX_NO_SPEECH_PROBABILITY = 0.4;

/**
 * Seconds up to which a segment may be a cough, a bark or a slammed door. Of 30 such noises that the voice activity
 * detector let through most fail Whisper's rules when decoded greedily, and few spoken words of that length do (6 of 80
 * of Speech Commands and FSDD); sampling, which the rules ask for, would make words of them.
 */
export const LONGEST_NOISE = 2.2;

/** Of those noises the surest had -0.86, a sneeze; of the 80 words one more fails than by Whisper's -1, "Hey." for "eight". */
const MIN_SHORT_LOG_PROBABILITY = -0.85;

/**
 * What Whisper most often makes of a noise. Really said, it is sure of it: -0.1 in each recording at hand; sneezes had
 * -0.36 to -0.76.
 */
const NOISE_PHRASE = /^\W*thank you\W*$/i;
const MIN_PHRASE_LOG_PROBABILITY = -0.3;

/** Temperatures tried in turn until a hypothesis is good enough. */
export const TEMPERATURES = [0, 0.2, 0.4, 0.6, 0.8, 1] as const;

export function compressionRatio(text: Uint8Array): number {
  return text.length / deflateSync(text).length;
}

/**
 * Whether nobody speaks here: the model says so and does not believe its own text (Whisper's rule), or what the voice
 * activity detector let through is so short that failing the other rules speaks against it.
 */
export function isSilence(hypothesis: Hypothesis): boolean {
  const { seconds, text, noSpeechProbability, meanLogProbability } = hypothesis;
  if (seconds <= LONGEST_NOISE) {
    const least = NOISE_PHRASE.test(text) ? MIN_PHRASE_LOG_PROBABILITY : MIN_SHORT_LOG_PROBABILITY;
    return isRepetitive(hypothesis) || meanLogProbability < least;
  }
  return noSpeechProbability > MAX_NO_SPEECH_PROBABILITY && meanLogProbability < MIN_MEAN_LOG_PROBABILITY;
}

/** Whether to decode again at a higher temperature. */
export function needsFallback(hypothesis: Hypothesis): boolean {
  return fails(hypothesis) && !isSilence(hypothesis);
}

function fails(hypothesis: Hypothesis): boolean {
  return isRepetitive(hypothesis) || hypothesis.meanLogProbability < MIN_MEAN_LOG_PROBABILITY;
}

/** Whether a hypothesis runs in a circle, or repeats itself more than speech does. */
export function isRepetitive(hypothesis: Hypothesis): boolean {
  return hypothesis.looping || hypothesis.compressionRatio > MAX_COMPRESSION_RATIO;
}

/** Of hypotheses that all failed: the most probable that does not repeat itself, else the most probable. */
export function bestOf(hypotheses: readonly Hypothesis[]): Hypothesis {
  const fair = hypotheses.filter((hypothesis) => !isRepetitive(hypothesis));
  return (fair.length > 0 ? fair : hypotheses).reduce((best, next) =>
    next.meanLogProbability > best.meanLogProbability ? next : best,
  );
}

/** Longest unit, in tokens, whose repetition counts as a loop. */
const MAX_LOOP_UNIT = 24;
/** Tokens that a loop must cover before it counts: people do say "no, no, no, no". */
const MIN_LOOP_TOKENS = 30;
const MIN_LOOP_REPEATS = 4;

/** Whether the tokens end in the same few tokens again and again. */
export function endsInLoop(tokens: readonly number[]): boolean {
  for (let unit = 1; unit <= MAX_LOOP_UNIT; unit++) {
    const covered = Math.max(MIN_LOOP_TOKENS, MIN_LOOP_REPEATS * unit);
    if (tokens.length < covered) continue;
    let same = unit;
    while (same < covered && tokens[tokens.length - 1 - same] === tokens[tokens.length - 1 - same + unit])
      same++;
    if (same >= covered) return true;
  }
  return false;
}
