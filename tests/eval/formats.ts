import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeModels, loadModels, type Models } from '../../core/project/transcribe.ts';
import { encodeFormats } from '../recordings/formats.ts';
import { buildMeeting } from '../recordings/meeting.ts';
import { MODELS } from '../recordings/models.ts';
import { textOf, transcription } from '../recordings/transcription.ts';
import { writeWav } from '../recordings/wavWriter.ts';
import { normalizeEnglish } from './englishText.ts';
import { countWordErrors, wordErrorRate } from './wordErrors.ts';

const SECONDS = 600;

async function wordsOf(recording: string, models: Models): Promise<string[]> {
  const onWarning = (sentence: string) => console.error(sentence);
  return normalizeEnglish(textOf(await transcription(recording, models, { onWarning }))).split(' ');
}

/** `npm run eval:formats`: the same 10-minute meeting in five formats, word error rates against the text and each other. */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-formats-'));
  const models = await loadModels(MODELS, 'base');
  try {
    const meeting = await buildMeeting(SECONDS);
    const wav = join(folder, 'meeting.wav');
    await writeWav(wav, meeting.samples);
    const heard: [string, string[]][] = [];
    for (const [format, path] of Object.entries(await encodeFormats(wav, folder)))
      heard.push([format, await wordsOf(path, models)]);
    const reference = normalizeEnglish(meeting.text).split(' ');
    const percent = (a: string[], b: string[]) =>
      `${(100 * wordErrorRate(countWordErrors(a, b))).toFixed(2)} %`.padStart(8);
    console.log(
      `${''.padEnd(6)}${['text', ...heard.map(([format]) => format)].map((name) => name.padStart(8)).join('')}`,
    );
    for (const [format, words] of heard)
      console.log(
        `${format.padEnd(6)}${[reference, ...heard.map(([, other]) => other)].map((other) => percent(other, words)).join('')}`,
      );
  } finally {
    await closeModels(models);
    await rm(folder, { recursive: true });
  }
}

void main();
