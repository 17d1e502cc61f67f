import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SAMPLE_RATE } from '../../core/audio/source.ts';
import { closeModels, loadModels } from '../../core/project/transcribe.ts';
import { seededRandom } from '../../core/recognizer/random.ts';
import { buildMeeting, rms } from '../recordings/meeting.ts';
import { MODELS } from '../recordings/models.ts';
import { noiseSamples } from '../recordings/noises.ts';
import { textOf, transcription } from '../recordings/transcription.ts';
import { writeWav } from '../recordings/wavWriter.ts';
import { normalizeEnglish } from './englishText.ts';
import { countWordErrors, wordErrorRate } from './wordErrors.ts';

const SECONDS = 600;
/** A noise lasts so long, in seconds, before the next one begins at another level. */
const [SHORTEST, LONGEST] = [15, 40];
/** Decibels of the voices above the noise. */
const [LOUDEST, SOFTEST] = [0, 15];
/** Enough that no noise is heard twice. */
const NOISES = 40;

/** Adds one noise after another to the recording, each at a level of its own; the same noises give the same sound. */
function addNoises(samples: Float32Array, noises: readonly Float32Array[]): void {
  const random = seededRandom(23);
  const voices = rms(samples);
  for (let at = 0, count = 0; at < samples.length; count++) {
    const length = Math.round((SHORTEST + (LONGEST - SHORTEST) * random()) * SAMPLE_RATE);
    const noise = noises[count % noises.length]!;
    const level = LOUDEST + (SOFTEST - LOUDEST) * random();
    const gain = (voices / rms(noise)) * 10 ** (-level / 20);
    const end = Math.min(samples.length, at + length);
    for (let i = at; i < end; i++) samples[i] = samples[i]! + gain * noise[(i - at) % noise.length]!;
    at = end;
  }
}

/** `npm run eval:noisy-meeting -- PACK [PACK ...]`: a 10-minute meeting of held-out speakers, quiet and in held-out noises. */
async function main(): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true });
  const packs = positionals.length > 0 ? positionals : ['base'];
  const here = process.env.INIT_CWD ?? process.cwd();
  const folder = await mkdtemp(join(tmpdir(), 'sotto-noise-'));
  try {
    const meeting = await buildMeeting(SECONDS);
    const reference = normalizeEnglish(meeting.text).split(' ');
    const quiet = join(folder, 'quiet.wav');
    const noisy = join(folder, 'noisy.wav');
    await writeWav(quiet, meeting.samples);
    addNoises(
      meeting.samples,
      (await noiseSamples(NOISES)).filter((noise) => rms(noise) > 0),
    );
    await writeWav(noisy, meeting.samples);
    console.log(`${'pack'.padEnd(32)}${'quiet'.padStart(10)}${'in noise'.padStart(10)}`);
    for (const pack of packs) {
      const models = await loadModels(MODELS, /[/\\]/.test(pack) ? resolve(here, pack) : pack);
      const cells: string[] = [];
      for (const recording of [quiet, noisy]) {
        const heard = normalizeEnglish(textOf(await transcription(recording, models))).split(' ');
        cells.push(`${(100 * wordErrorRate(countWordErrors(reference, heard))).toFixed(2)} %`.padStart(10));
      }
      console.log(pack.padEnd(32) + cells.join(''));
      await closeModels(models);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

void main();
