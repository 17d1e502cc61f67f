import { type SpeechSegment, segmentDuration } from '../audio/segment.ts';
import { acousticsInRecording } from './acoustics.ts';
import { type BatchRoom, batchSize, shareOf } from './batch.ts';
import { CrossMemory } from './crossMemory.ts';
import { Decoder } from './decoder.ts';
import { Decoding, type DecodingRow } from './decoding.ts';
import {
  Encoder,
  type EncoderAcoustics,
  type EncoderStates,
  FRAMES_PER_STATE,
  stateCount,
} from './encoder.ts';
import { decodeWithFallbacks } from './fallbacks.ts';
import { isRepetitive, isSilence, needsFallback } from './hypothesis.ts';
import { probableLanguage } from './language.ts';
import { withLeadIn, withoutLeadIn } from './leadIn.ts';
import { openRecognizerPack, promptTokens, type RecognizerPack } from './pack.ts';
import type { Continuation, RecognizedSegment, RecognizedWord, SpelledWord } from './recognized.ts';
import { defaultThreads } from './session.ts';
import { Tokenizer } from './tokenizer.ts';
import { unheardRest } from './unheardRest.ts';
import { vocabularyPrompt } from './vocabulary.ts';
import { recognizedWords, spelledWords } from './words.ts';

/** With 8 the process needs 75 MB more, for a few percent of time. */
const DEFAULT_BATCH = 6;
/**
 * Rows of a batch of short segments; the cache of the decoder is made for as many. In segments of 12 s a row's step took
 * 7.3 ms of processor time alone, 3.8 among six and 2.9 among twelve (base).
 */
const MAX_ROWS = 12;

/** Language is detected from the first speech up to this length, in seconds. */
const LANGUAGE_SECONDS = 60;

export interface RecognizerOptions {
  /** Threads of ONNX Runtime; physical cores when left out. */
  readonly threads?: number;
  /** Windows of 30 s decoded together, or as many shorter segments; memory grows with it (base: about 37 MB each). */
  readonly batch?: number;
}

export interface TranscribeOptions {
  /** ISO 639-1 code that the pack knows. */
  readonly language: string;
  /** Names and terms that are probably said; see `vocabulary.ts`. */
  readonly vocabulary?: readonly string[] | undefined;
  readonly signal?: AbortSignal;
  /** Gets each segment's encoder states, in any order; they are valid during the call only. */
  readonly onStates?: ((segment: SpeechSegment, states: EncoderStates) => void) | undefined;
}

/** {@link TranscribeOptions} whose optional parts may be passed on as undefined. */
interface HearingOptions {
  readonly language: string;
  /** Tokens of what was said before. */
  readonly previous: readonly number[];
  readonly signal?: AbortSignal | undefined;
  readonly onStates?: TranscribeOptions['onStates'] | undefined;
  /** Gets what a tri-head encoder says of each segment's sound; never called for other packs. */
  readonly onAcoustics?: ((segment: SpeechSegment, acoustics: EncoderAcoustics) => void) | undefined;
}

interface HeardSegment {
  readonly words: RecognizedWord[];
  acoustics?: EncoderAcoustics;
}

/** Whisper on ONNX Runtime: speech segments to words with times and confidence. One call at a time. */
export class Recognizer {
  readonly pack: RecognizerPack;
  readonly #encoder: Encoder;
  readonly #decoder: Decoder;
  readonly #decoding: Decoding;
  readonly #tokenizer: Tokenizer;
  readonly #memory: CrossMemory;
  readonly #room: BatchRoom;

  private constructor(parts: {
    pack: RecognizerPack;
    encoder: Encoder;
    decoder: Decoder;
    tokenizer: Tokenizer;
    room: BatchRoom;
  }) {
    this.pack = parts.pack;
    this.#room = parts.room;
    this.#encoder = parts.encoder;
    this.#decoder = parts.decoder;
    this.#tokenizer = parts.tokenizer;
    this.#decoding = new Decoding(parts.decoder, parts.tokenizer, parts.pack.manifest);
    const { dimensions } = parts.pack.manifest;
    const maxStates = dimensions.maxFrames / FRAMES_PER_STATE;
    this.#memory = new CrossMemory(
      { layers: dimensions.decoderLayers, heads: dimensions.heads, maxStates },
      parts.room.states,
    );
  }

  /**
   * Checks and opens a model pack.
   * @throws UserError `pack-damaged` when a file is missing, cut short or altered.
   */
  static async load(packDirectory: string, options: RecognizerOptions = {}): Promise<Recognizer> {
    const pack = await openRecognizerPack(packDirectory);
    const threads = options.threads ?? defaultThreads();
    const batch = options.batch ?? DEFAULT_BATCH;
    const { maxTokens, maxFrames } = pack.manifest.dimensions;
    const rows = pack.manifest.audioContext === 'dynamic' ? MAX_ROWS : batch;
    const room = { rows, states: (batch * maxFrames) / FRAMES_PER_STATE };
    const [encoder, decoder, tokenizer] = await Promise.all([
      Encoder.load(pack, threads),
      Decoder.load(pack, { threads, rows, tokens: maxTokens }),
      Tokenizer.load(pack.path('tokenizer.json')),
    ]);
    return new Recognizer({ pack, encoder, decoder, tokenizer, room });
  }

  /**
   * The language most probably spoken in the first minute of speech, as Whisper judges it; the pack's first language
   * where there is hardly any speech and none is probable.
   * @throws the signal's reason when aborted.
   */
  async detectLanguage(segments: readonly SpeechSegment[], signal?: AbortSignal): Promise<string> {
    const { multilingual, languages, tokens, dimensions } = this.pack.manifest;
    if (!multilingual) return languages[0]!;
    const first: SpeechSegment[] = [];
    let seconds = 0;
    for (const segment of segments) {
      if (seconds >= LANGUAGE_SECONDS || this.shareOfBatch([...first, segment]) > 1) break;
      first.push(segment);
      seconds += segmentDuration(segment);
    }
    if (first.length === 0) return languages[0]!;
    await this.#encode(first, { signal });
    signal?.throwIfAborted();
    this.#decoder.reset();
    const { logits } = await this.#decoder.step(
      first.map(() => tokens.sot),
      first.length,
      this.#memory,
    );
    const known = Object.entries(tokens.languages);
    const heard = first.map((segment, row) => ({
      seconds: segmentDuration(segment),
      scores: known.map(([, token]) => logits[row * dimensions.vocabulary + token]!),
    }));
    return (
      probableLanguage(
        known.map(([language]) => language),
        heard,
      ) ?? languages[0]!
    );
  }

  /** How much of the largest batch these segments fill when decoded together; above 1 they are several batches. */
  shareOfBatch(segments: readonly SpeechSegment[]): number {
    return shareOf(
      this.#room,
      segments.map((segment) => this.#statesOf(segment)),
    );
  }

  /**
   * Recognises segments; the result is in their order. Cancelling takes effect between encoder runs and decoder steps.
   * @throws UserError `usage` when the pack does not know the language; the signal's reason when aborted.
   */
  async transcribe(
    segments: readonly SpeechSegment[],
    options: TranscribeOptions,
  ): Promise<RecognizedSegment[]> {
    const prompt = promptTokens(this.pack.manifest, options.language);
    const heard = new Map<SpeechSegment, HeardSegment>(segments.map((segment) => [segment, { words: [] }]));
    const { language, signal, onStates } = options;
    const previous = vocabularyPrompt(options.vocabulary ?? [], this.#tokenizer, this.pack.manifest);
    /** What is still to be heard: segments, and what the decoder left out of those that it ended too early. */
    let open = segments.map((segment) => ({ segment, part: segment }));
    while (open.length > 0) {
      open.sort((a, b) => this.#statesOf(b.part) - this.#statesOf(a.part));
      const states = open.map(({ part }) => this.#statesOf(part));
      const batch = open.slice(0, batchSize(this.#room, states));
      const words = await this.#hear(
        batch.map(({ part }) => part),
        prompt,
        {
          language,
          previous,
          signal,
          onStates: onStates && ((part, states) => heard.has(part) && onStates(part, states)),
          onAcoustics: (part, acoustics) => {
            const whole = heard.get(part);
            if (whole) whole.acoustics = acoustics;
          },
        },
      );
      open = open.slice(batch.length);
      for (const [row, { segment, part }] of batch.entries()) {
        heard.get(segment)!.words.push(...words[row]!);
        const last = words[row]![words[row]!.length - 1];
        const rest = last ? unheardRest(part, last.end) : null;
        if (rest) open.push({ segment, part: rest });
      }
    }
    return segments.map((segment) => {
      const { words, acoustics } = heard.get(segment)!;
      return {
        index: segment.index,
        start: segment.pieces[0]!.start,
        end: Math.max(...segment.pieces.map((piece) => piece.start + piece.duration)),
        words,
        acoustics: acoustics && acousticsInRecording(segment, acoustics, words),
      };
    });
  }

  /**
   * Recognises one segment that begins with words that are known already, greedily: what live captions need.
   * @param known words at the beginning, as an earlier call gave them.
   * @param draft words that probably follow; they only save time.
   * @param limit tokens that may follow the draft, or what of it was right.
   * @throws UserError `usage` when the pack does not know the language.
   */
  async extend(
    segment: SpeechSegment,
    options: {
      readonly language: string;
      readonly known: readonly SpelledWord[];
      readonly draft: readonly SpelledWord[];
      readonly limit: number;
    },
  ): Promise<Continuation> {
    const { language, known } = options;
    const prompt = promptTokens(this.pack.manifest, language);
    await this.#encode([segment], {});
    const tokens = known.flatMap((word) => word.tokens);
    const hypothesis = await this.#decoding.extend(this.#row(segment), this.#memory, prompt, {
      tokens,
      logProbabilities: known.flatMap((word) => word.logProbabilities),
      draft: options.draft.flatMap((word) => word.tokens),
      limit: options.limit,
    });
    if (isSilence(hypothesis)) return { words: [], doubt: null };
    const doubt = isRepetitive(hypothesis) ? 'repetitive' : needsFallback(hypothesis) ? 'improbable' : null;
    const context = this.#wordContext(language, prompt);
    return { words: spelledWords(hypothesis, withLeadIn(segment), context, tokens.length), doubt };
  }

  /** Frees the model's memory; the recogniser cannot be used afterwards. */
  async close(): Promise<void> {
    await Promise.all([this.#encoder.close(), this.#decoder.close()]);
  }

  #statesOf(segment: SpeechSegment): number {
    return this.#encoder.statesFor(withLeadIn(segment).samples.length);
  }

  async #encode(
    segments: readonly SpeechSegment[],
    options: Omit<HearingOptions, 'language' | 'previous'>,
  ): Promise<void> {
    this.#memory.states = Math.max(...segments.map((segment) => this.#statesOf(segment)));
    for (const [row, segment] of segments.entries()) {
      options.signal?.throwIfAborted();
      const wantStates = options.onStates !== undefined;
      const { samples } = withLeadIn(segment);
      const { states, acoustics } = await this.#encoder.encode(samples, this.#memory, row, wantStates);
      if (states) options.onStates?.(segment, withoutLeadIn(segment, states));
      if (acoustics === null || !options.onAcoustics) continue;
      const noise = withoutLeadIn(segment, { data: acoustics.noise, count: acoustics.noise.length }).data;
      options.onAcoustics(segment, { ...acoustics, noise });
    }
  }

  /** Words of each segment, none where nobody speaks. */
  async #hear(
    segments: readonly SpeechSegment[],
    prompt: readonly number[],
    options: HearingOptions,
  ): Promise<RecognizedWord[][]> {
    await this.#encode(segments, options);
    const rows = segments.map((segment) => this.#row(segment));
    const hypotheses = await decodeWithFallbacks(this.#decoding, this.#memory, rows, {
      prompt,
      previous: options.previous,
      signal: options.signal,
    });
    return hypotheses.map((hypothesis, row) =>
      isSilence(hypothesis)
        ? []
        : recognizedWords(
            hypothesis,
            withLeadIn(segments[row]!),
            this.#wordContext(options.language, prompt),
          ),
    );
  }

  #wordContext(language: string, prompt: readonly number[]) {
    const heads = this.pack.manifest.alignmentHeads.length;
    return { tokenizer: this.#tokenizer, language, heads, prompt: prompt.length };
  }

  /** An encoded segment as decoding sees it. */
  #row(segment: SpeechSegment): DecodingRow {
    return {
      index: segment.index,
      seconds: segmentDuration(segment),
      states: Math.min(this.#memory.states, Math.max(1, stateCount(withLeadIn(segment).samples.length))),
    };
  }
}
