import type { SpeechSegment } from '../audio/segment.ts';
import type { AudioSource } from '../audio/source.ts';
import { speechSegments } from '../audio/speechSegments.ts';
import type { VoiceActivity } from '../audio/voiceActivity.ts';
import type { RecognizedSegment } from '../recognizer/recognized.ts';
import type { Recognizer } from '../recognizer/recognizer.ts';
import type { DetectedSpan } from '../redaction/detector.ts';
import type { RedactionHead } from '../redaction/head/head.ts';
import { BatchReader } from './batchReader.ts';
import type { Journal } from './journal.ts';
import type { ProgressClock } from './progress.ts';

/** Everything that was said in a recording. */
export interface Heard {
  readonly language: string;
  /** Seconds. */
  readonly duration: number;
  readonly segments: readonly RecognizedSegment[];
  /** What the redaction head found, in words of the transcript; null where there is none. */
  readonly found: readonly DetectedSpan[] | null;
}

/**
 * Share of the recogniser's largest batch that is recognised together, batch by batch: small at first, so that words
 * and an estimate appear soon; later the size at which the decoder, which is bound by memory bandwidth, costs least.
 */
const BATCHES = [1 / 3, 2 / 3, 1];

/** Used where nothing is said, so that there is nothing to detect a language from. */
const LANGUAGE_OF_SILENCE = 'en';

/** Who listens; without a `head` nothing is searched for. */
interface Listeners {
  readonly recognizer: Recognizer;
  readonly voiceActivity: VoiceActivity;
  readonly head: RedactionHead | null;
}

/** Runs recognition from where `journal` ends to the end of the recording. */
export async function listen(
  source: AudioSource,
  models: Listeners,
  wanted: { readonly language: string | null; readonly vocabulary?: readonly string[] },
  journal: Journal | null,
  clock: ProgressClock,
  signal: AbortSignal,
): Promise<Heard> {
  const segments: RecognizedSegment[] = [];
  const reader = models.head && new BatchReader(models.head, models.recognizer);
  const found: DetectedSpan[] = [];
  let { language } = wanted;
  let from = 0;
  let round = 0;
  for (const entry of journal?.entries ?? []) {
    if (entry.kind === 'language') language = entry.language;
    else {
      segments.push(...entry.recognized);
      found.push(...(entry.found ?? []));
      reader?.skip(entry.recognized);
      from = entry.resume;
      round++;
    }
  }
  clock.startListening(from);
  clock.update('listening', from, source.duration, segments.length);

  const recognize = async (batch: readonly SpeechSegment[]): Promise<void> => {
    if (language === null) {
      language = await models.recognizer.detectLanguage(batch, signal);
      await journal?.append({ kind: 'language', language });
    }
    const recognized = await models.recognizer.transcribe(batch, {
      language,
      vocabulary: wanted.vocabulary,
      signal,
      onStates: reader?.onStates,
    });
    const spans = await reader?.read(recognized);
    segments.push(...recognized);
    found.push(...(spans ?? []));
    const resume = endOf(batch[batch.length - 1]!);
    await journal?.append({ kind: 'segments', recognized, found: spans, resume });
    clock.update('listening', resume, source.duration, segments.length);
  };

  let heardSeconds = 0;
  const speech = speechSegments(source, models.voiceActivity, {
    from,
    index: segments.length,
    heard: (seconds) => {
      heardSeconds = seconds;
    },
    signal,
  });
  let batch: SpeechSegment[] = [];
  for await (const segment of speech) {
    const share = models.recognizer.shareOfBatch([...batch, segment]);
    if (batch.length > 0 && share > BATCHES[Math.min(round, BATCHES.length - 1)]!) {
      await recognize(batch);
      batch = [];
      round++;
    }
    batch.push(segment);
  }
  if (batch.length > 0) await recognize(batch);
  return {
    language: language ?? LANGUAGE_OF_SILENCE,
    duration: heardSeconds,
    segments,
    found: reader && found,
  };
}

/** Recording time at which the next segment may begin. */
function endOf(segment: SpeechSegment): number {
  const last = segment.pieces[segment.pieces.length - 1]!;
  return last.start + last.duration;
}
