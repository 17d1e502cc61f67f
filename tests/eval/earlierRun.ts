import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Reporter } from '../../core/cli/reporter.ts';
import { writeResults } from '../../core/cli/results.ts';
import { UserError } from '../../core/errors.ts';
import { EXPORT_FORMATS } from '../../core/export/exporter.ts';
import { defaultThreads } from '../../core/recognizer/session.ts';
import { RedactionHead } from '../../core/redaction/head/head.ts';
import type { Policy } from '../../core/redaction/policy.ts';
import { redactByText } from '../../core/redaction/redactor.ts';
import { transcriptFromRecognition } from '../../core/transcript/build.ts';

/** What is read of `talk.full.json`. */
interface FullExport {
  readonly duration: number;
  readonly language: string;
  readonly segments: readonly {
    readonly start: number;
    readonly end: number;
    readonly words: readonly {
      readonly text: string;
      readonly start: number;
      readonly end: number;
      readonly confidence: number | null;
    }[];
  }[];
}

/** Of a run that was cut short: which of `count` recordings have not all their artefacts, by number. */
export async function missingOf(
  count: number,
  outputOf: (index: number) => string,
): Promise<Map<number, string>> {
  const missing = new Map<number, string>();
  for (let i = 0; i < count; i++) {
    const files = await readdir(outputOf(i)).catch((): string[] => []);
    if (!['.redacted.wav', '.audit.html'].every((ending) => files.some((file) => file.endsWith(ending))))
      missing.set(i, 'not reached or refused');
  }
  return missing;
}

/**
 * Redacts and exports anew what an earlier run recognised, as the command line does: the recogniser's work is most of a
 * run's, and what it wrote does not depend on the redaction. By the words alone: their sound is not kept, so a head that
 * listens finds less here than in a recording.
 * @returns why some gave nothing, by number.
 */
export async function redactAgain(
  count: number,
  inputOf: (index: number) => string,
  outputOf: (index: number) => string,
  models: string,
  policy: Policy,
): Promise<Map<number, string>> {
  const head = await RedactionHead.loadIfThere(models, defaultThreads());
  const refused = new Map<number, string>();
  const silent: Reporter = { start() {}, progress() {}, wrote() {}, note() {}, failed() {}, done() {} };
  const wanted = { formats: EXPORT_FORMATS, full: true, audio: true, audit: true };
  for (let i = 0; i < count; i++) {
    const folder = outputOf(i);
    // Kept beside the recording, since a refused export leaves nothing behind.
    const kept = join(inputOf(i), 'recognised.json');
    const json = await readFile(kept, 'utf8')
      .catch(() => readFile(join(folder, 'talk.full.json'), 'utf8'))
      .catch(() => null);
    if (json === null) {
      refused.set(i, 'nothing was recognised by the earlier run');
      continue;
    }
    await writeFile(kept, json);
    const { duration, language, segments } = JSON.parse(json) as FullExport;
    const heard = transcriptFromRecognition({
      recordingName: 'talk',
      duration,
      language,
      model: { pack: 'base', sha256: '' },
      recognized: segments.map(({ start, end, words }, index) => ({
        index,
        start,
        end,
        words: words.map((word) => ({ ...word, confidence: word.confidence ?? 1 })),
      })),
    });
    await rm(folder, { recursive: true, force: true });
    try {
      const transcript = await redactByText(heard, policy, head);
      const recording = { path: join(inputOf(i), 'talk.wav'), name: 'talk', folder };
      await writeResults(
        transcript,
        recording,
        wanted,
        { policy, passphrase: null, checker: null },
        silent,
        new AbortController().signal,
      );
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      refused.set(i, `${error.code}: ${error.message}`);
    }
  }
  await head?.close();
  return refused;
}
