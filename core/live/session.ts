import { type SpeechSegment, segmentDuration } from '../audio/segment.ts';
import { MARGIN } from '../audio/segmentation.ts';
import { SAMPLE_RATE } from '../audio/source.ts';
import { type VoiceActivity, type VoiceStream, WINDOW } from '../audio/voiceActivity.ts';
import { LONGEST_NOISE } from '../recognizer/hypothesis.ts';
import type { Continuation, RecognizedWord, SpelledWord } from '../recognizer/recognized.ts';
import type { Recognizer } from '../recognizer/recognizer.ts';
import { Agreement } from './agreement.ts';
import { cutPoint } from './cutPoint.ts';
import { SpeechBuffer } from './speechBuffer.ts';
import { END_PAUSE, SpeechGate } from './speechGate.ts';

/** What changed by a recognition. */
export interface LiveUpdate {
  /** Words that became stable: they follow those of earlier updates and never change. */
  readonly stable: readonly RecognizedWord[];
  /** Words after the stable ones, which the next update may change; it replaces all of them. */
  readonly tentative: readonly RecognizedWord[];
  /** Whether the utterance is over: a pause follows. */
  readonly ended: boolean;
}

export interface LiveSessionOptions {
  readonly recognizer: Pick<Recognizer, 'pack' | 'extend' | 'detectLanguage'>;
  readonly voiceActivity: Pick<VoiceActivity, 'stream'>;
  /** ISO 639-1, or null to detect it from the first two seconds of speech, which then wait for it. */
  readonly language: string | null;
  /** The next sound is heard when this is done. */
  readonly onUpdate: (update: LiveUpdate) => unknown;
}

/** How a session hears with an encoder of either kind. */
interface Pace {
  /** Windows between two recognitions: 0.5 s, and 2 s where each costs a whole padded encoder run. */
  readonly step: number;
  /** Seconds of sound that a recognition is given; cut when longer. */
  readonly longest: number;
  /** Tokens decoded one by one in a recognition: what is said in a step, and a few words that are heard anew. */
  readonly tokens: number;
}
const PACES: Readonly<Record<'dynamic' | 'padded', Pace>> = {
  dynamic: { step: 16, longest: 6, tokens: 24 },
  padded: { step: 62, longest: 16, tokens: 48 },
};
/** Steps heard at once when more sound is waiting: fewer recognitions, later words. */
const CATCH_UP = 4;
/** Sound may become this many times the pace's longest while no word is stable; then words are settled unheard twice. */
const PATIENCE = 2;
/** Of words settled so, the last ones stay open: they may be cut off. */
const UNSETTLED_WORDS = 2;
/** Tokens that the last recognition of an utterance may need for a second that was not heard before; more is a loop. */
const TOKENS_PER_SECOND = 15;

/**
 * Live captions: samples in, words out while they are said. Silence costs a voice activity window and is never
 * decoded. Memory and the work for a block are bounded, however long the talk: the recogniser hears the utterance since
 * its last cut, goes on from the words that are stable, and sound is cut off behind them. One call at a time.
 */
export class LiveSession {
  readonly #options: LiveSessionOptions;
  readonly #pace: Pace;
  readonly #voice: VoiceStream;
  readonly #gate = new SpeechGate();
  readonly #buffer = new SpeechBuffer();
  readonly #agreement = new Agreement();
  #language: string | null;
  /** Samples that do not fill a step yet. */
  #waiting = new Float32Array(0);
  #heard = 0;
  #lastEnd = 0;

  constructor(options: LiveSessionOptions) {
    this.#options = options;
    this.#pace = PACES[options.recognizer.pack.manifest.audioContext];
    this.#voice = options.voiceActivity.stream();
    this.#language = options.language;
  }

  /** Seconds of the recording that were heard, speech or not. */
  get heard(): number {
    return this.#heard / SAMPLE_RATE;
  }

  /** Seconds of sound that the session holds. */
  get held(): number {
    return this.#buffer.seconds + this.#waiting.length / SAMPLE_RATE;
  }

  /** The language that is spoken; null until it was chosen or detected. */
  get language(): string | null {
    return this.#language;
  }

  /**
   * Hears the next samples, mono at 16 kHz, in [-1, 1]; any number of them.
   * @throws UserError `usage` when the pack does not know the language.
   */
  async push(samples: Float32Array): Promise<void> {
    const joined = new Float32Array(this.#waiting.length + samples.length);
    joined.set(this.#waiting);
    joined.set(samples, this.#waiting.length);
    const step = this.#pace.step * WINDOW;
    let at = 0;
    while (joined.length - at >= step) {
      const steps = Math.min(CATCH_UP, Math.floor((joined.length - at) / step));
      await this.#hear(joined.subarray(at, at + steps * step));
      at += steps * step;
    }
    this.#waiting = joined.slice(at);
  }

  /** Nothing more is said: hears the rest, and all words become stable. */
  async finish(): Promise<void> {
    const rest = new Float32Array(Math.ceil(this.#waiting.length / WINDOW) * WINDOW);
    rest.set(this.#waiting);
    this.#waiting = new Float32Array(0);
    await this.#hear(rest);
    if (this.#gate.open) await this.#end(0);
  }

  /** Hears whole windows and recognises what is open at their end. */
  async #hear(samples: Float32Array): Promise<void> {
    const probabilities = await this.#voice.probabilities(samples);
    let spoken = false;
    for (const [i, probability] of probabilities.entries()) {
      this.#buffer.append(samples.subarray(i * WINDOW, (i + 1) * WINDOW));
      this.#heard += WINDOW;
      const kind = this.#gate.hear(probability);
      spoken = kind === 'speech' || (spoken && kind !== 'end');
      if (kind === 'end') await this.#end((END_PAUSE - MARGIN) * WINDOW);
      if (kind === 'end' || kind === 'silence') this.#buffer.keepLast(MARGIN * WINDOW);
    }
    if (spoken) await this.#listen();
  }

  /** Recognises the utterance so far. */
  async #listen(): Promise<void> {
    if (this.#language === null && this.#buffer.seconds <= LONGEST_NOISE) return;
    const { words, doubt } = await this.#recognize(0, this.#pace.tokens);
    // What Whisper's own rules doubt is not shown; more sound usually mends it.
    const stable = doubt === null ? [...this.#agreement.hear(words)] : [];
    stable.push(...this.#shorten());
    await this.#emit(stable, false);
  }

  /** Recognises the utterance a last time, without `silence` samples at its end, and begins a new one. */
  async #end(silence: number): Promise<void> {
    const tokens = Math.max(this.#pace.tokens, TOKENS_PER_SECOND * this.#buffer.seconds);
    const { words, doubt } = await this.#recognize(silence, tokens);
    const stable = this.#agreement.settle(doubt === 'repetitive' ? [] : words);
    this.#agreement.reset();
    await this.#emit(stable, true);
  }

  async #recognize(silence: number, limit: number): Promise<Continuation> {
    const segment = this.#buffer.segment(silence);
    const { known, tentative } = this.#agreement;
    return this.#options.recognizer.extend(segment, {
      language: await this.#languageOf(segment),
      known,
      draft: tentative,
      limit,
    });
  }

  /** A cough may pass for any language, so what is detected in so short a sound counts for that sound alone. */
  async #languageOf(segment: SpeechSegment): Promise<string> {
    if (this.#language !== null) return this.#language;
    const detected = await this.#options.recognizer.detectLanguage([segment]);
    if (segmentDuration(segment) > LONGEST_NOISE) this.#language = detected;
    return detected;
  }

  /** Cuts the sound behind stable words where it has become too long. @returns words that had to be settled for it. */
  #shorten(): readonly SpelledWord[] {
    const { longest } = this.#pace;
    if (this.#buffer.seconds <= longest) return [];
    this.#cut();
    if (this.#buffer.seconds <= PATIENCE * longest) return [];
    const { tentative } = this.#agreement;
    const settled = this.#agreement.settle(tentative, Math.max(0, tentative.length - UNSETTLED_WORDS));
    this.#cut();
    if (this.#buffer.seconds > PATIENCE * longest) {
      // Sound in which nothing is understood, however long one listens.
      this.#agreement.reset();
      this.#buffer.keepLast(MARGIN * WINDOW);
    }
    return settled;
  }

  #cut(): void {
    const cut = cutPoint(this.#agreement.known, this.#buffer.end, this.#pace.longest);
    if (!cut) return;
    this.#agreement.forget(cut.words);
    this.#buffer.dropBefore(cut.time);
  }

  async #emit(stable: readonly SpelledWord[], ended: boolean): Promise<void> {
    const inOrder = ({ word }: SpelledWord): RecognizedWord => {
      const start = Math.max(word.start, this.#lastEnd);
      return { ...word, start, end: Math.max(word.end, start) };
    };
    const words = stable.map((word) => {
      const placed = inOrder(word);
      this.#lastEnd = placed.end;
      return placed;
    });
    const tentative = this.#agreement.tentative.map(inOrder);
    await this.#options.onUpdate({ stable: words, tentative, ended });
  }
}
