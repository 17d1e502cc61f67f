import { basename } from 'node:path';
import { openAudio } from '../audio/open.ts';
import { UserError } from '../errors.ts';
import { type RedactedWavOptions, writeRedactedWav } from '../export/redactedWav.ts';
import { leakCheck } from '../redaction/leakCheck.ts';
import type { Policy } from '../redaction/policy.ts';
import { clockTime } from '../transcript/clockTime.ts';
import type { Transcript } from '../transcript/schema.ts';
import { listen } from './listen.ts';
import { ProgressClock } from './progress.ts';
import type { Models } from './transcribe.ts';

/** @throws UserError `usage` when the policy lets no audio out. */
export function assertAudioAllowed(policy: Policy): void {
  if (policy.audio === 'refuse')
    throw new UserError(
      'usage',
      `The policy "${policy.name}" lets no audio out, since a voice identifies who speaks; export without audio.`,
    );
}

/**
 * Writes the bleeped recording, transcribes it again and lets it appear only when no masked value is heard in it.
 * @param models a small pack is enough: it hears numbers and names that were left open, whatever else it mishears.
 * @throws UserError `leak` with the time at which a value is heard; there is no file then. Else as `writeRedactedWav`.
 */
export async function writeCheckedWav(
  options: RedactedWavOptions,
  transcript: Transcript,
  policy: Policy,
  models: Models,
): Promise<void> {
  const { path, signal = new AbortController().signal } = options;
  const check = (unchecked: string) =>
    assertNothingHeard(unchecked, basename(path), transcript, policy, models, signal);
  await writeRedactedWav({ ...options, check });
}

async function assertNothingHeard(
  path: string,
  name: string,
  transcript: Transcript,
  policy: Policy,
  models: Models,
  signal: AbortSignal,
): Promise<void> {
  const { segments } = await listen(
    await openAudio(path),
    { ...models, head: null },
    { language: transcript.language },
    null,
    new ProgressClock(() => {}),
    signal,
  );
  const words = segments.flatMap((segment) => segment.words);
  let text = '';
  const starts = words.map((word) => {
    const at = text.length;
    text += `${word.text} `;
    return { at, start: word.start };
  });
  // A small pack mishears; only what it hears as the value itself counts.
  const leaks = leakCheck(text, transcript, policy).filter(({ form }) => form !== 'sounds alike');
  if (leaks.length === 0) return;
  const times = leaks.map(({ offset }) =>
    clockTime(starts.filter(({ at }) => at <= offset).pop()?.start ?? 0),
  );
  const kinds = [...new Set(leaks.map(({ label }) => label))].join(', ');
  throw new UserError(
    'leak',
    `"${name}" was not written: a masked value (${kinds}) can still be heard at ${[...new Set(times)].slice(0, 5).join(', ')}; mask what is said there and export again.`,
  );
}
