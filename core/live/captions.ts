import type { Models } from '../project/transcribe.ts';
import type { RecognizedWord } from '../recognizer/recognized.ts';
import type { ShareableWord } from '../redaction/shareable.ts';
import { HeardTalk } from './heardTalk.ts';
import { type LiveMask, QUIET_SECONDS } from './liveMask.ts';
import { readAhead } from './readAhead.ts';
import { LiveSession } from './session.ts';

/** What blanks a talk has before its language is known. */
const LANGUAGE_OF_SILENCE = 'en';

/** Hears what is said, and tells it when it may be read. */
export interface CaptionOptions {
  readonly models: Models;
  /** ISO 639-1, or null to detect it. */
  readonly language: string | null;
  /** Null where everything that is said may be read. */
  readonly mask: LiveMask | null;
  /** Words that follow the ones before and never change; `language` says whether blanks part them. */
  onWords(words: readonly ShareableWord[], language: string): void;
  /** Words after those: heard but not yet sure, and how many more are waiting to be masked or not. */
  onTentative(words: readonly RecognizedWord[], waiting: number, language: string): void;
}

/** What was heard of a talk, to make its transcript of. */
export interface FollowedTalk {
  readonly talk: HeardTalk;
  readonly language: string;
  /** Seconds. */
  readonly duration: number;
}

/** Captions a talk while its sound comes in, mono blocks at 16 kHz, until they end. @throws what the blocks throw. */
export async function caption(
  blocks: AsyncIterable<Float32Array>,
  { models, language, mask, onWords, onTentative }: CaptionOptions,
): Promise<FollowedTalk> {
  const talk = new HeardTalk();
  const spoken = () => session.language ?? LANGUAGE_OF_SILENCE;
  const session = new LiveSession({
    ...models,
    language,
    async onUpdate(update) {
      talk.add(update);
      onWords(mask ? await mask.push(update.stable) : update.stable.map(asHeard), spoken());
      onTentative(update.tentative, mask?.waiting ?? 0, spoken());
    },
  });
  for await (const samples of readAhead(blocks)) {
    await session.push(samples);
    if (mask && session.heard - talk.end >= QUIET_SECONDS) onWords(await mask.pause(), spoken());
  }
  await session.finish();
  if (mask) onWords(await mask.finish(), spoken());
  return { talk, language: spoken(), duration: session.heard };
}

function asHeard(word: RecognizedWord): ShareableWord {
  return { ...word, masked: null };
}
