import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SAMPLE_RATE } from '../../core/audio/source.ts';
import type { RecognizedSegment } from '../../core/recognizer/recognized.ts';
import { Recognizer } from '../../core/recognizer/recognizer.ts';
import { noiseCourse } from '../../core/transcript/noise.ts';
import { devUtterances, samplesOf } from '../recordings/corpus.ts';
import { noiseSamples } from '../recordings/noises.ts';
import { normalizeEnglish } from './englishText.ts';
import { countWordErrors, sumWordErrors, wordErrorRate } from './wordErrors.ts';

/** Signal-to-noise ratios in dB; the recordings as they are come first. */
const RATIOS = [Number.POSITIVE_INFINITY, 20, 15, 10, 5, 0, -5];
const SHORTEST = 5;
const LONGEST = 15;

/** `speech` with `noise` (repeated where it is short) so far below it, by mean power over the whole. */
function mixed(speech: Float32Array, noise: Float32Array, ratio: number): Float32Array {
  const power = (samples: Float32Array) => samples.reduce((sum, x) => sum + x * x, 0) / samples.length;
  const long = speech.map((_, i) => noise[i % noise.length]!);
  const gain = Math.sqrt(power(speech) / (power(long) + 1e-12)) * 10 ** (-ratio / 20);
  return speech.map((sample, i) => sample + gain * long[i]!);
}

/** Mean share of noise in the words of a segment, as the transcript keeps it; null where there is none. */
function shareOf({ end, acoustics }: RecognizedSegment): number | null {
  const course = noiseCourse({ segments: [{ end, acoustics }] });
  return course.length === 0 ? null : course.reduce((sum, { share }) => sum + share, 0) / course.length;
}

function quantile(values: readonly number[], part: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.round(part * (sorted.length - 1))] ?? Number.NaN).toFixed(2);
}

/**
 * What a tri-head pack says of the noise over words, and how many words it gets wrong, by the signal-to-noise ratio:
 * where the thresholds in core/transcript/noise.ts come from. `npm run --silent eval:noise -- --pack DIR`.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      pack: { type: 'string', default: 'models/base' },
      utterances: { type: 'string', default: '24' },
    },
  });
  const recognizer = await Recognizer.load(resolve(process.env.INIT_CWD ?? process.cwd(), values.pack));
  const fitting = (await devUtterances('librispeech')).filter(
    ({ start, end }) => end - start >= SHORTEST && end - start <= LONGEST,
  );
  const every = Math.max(1, Math.floor(fitting.length / Number(values.utterances)));
  const utterances = fitting.filter((_, i) => i % every === 0).slice(0, Number(values.utterances));
  const speech = await samplesOf(utterances);
  const noises = await noiseSamples(utterances.length);
  const words = (text: string) =>
    normalizeEnglish(text)
      .split(' ')
      .filter((word) => word !== '');

  console.log('SNR dB  noise over words p10  p50  p90   noise heads p50   WER %');
  for (const ratio of RATIOS) {
    const segments = speech.map((samples, index) => {
      const sound = mixed(samples, noises[index]!, ratio);
      const pieces = [{ start: 0, offset: 0, duration: sound.length / SAMPLE_RATE }];
      return { index, samples: sound, pieces };
    });
    const heard = await recognizer.transcribe(segments, { language: 'en' });
    const shares = heard.map(shareOf).filter((share) => share !== null);
    const weights = heard.flatMap(({ acoustics }) => acoustics?.weights.noise ?? []);
    const errors = heard.map(({ index, words: found }) =>
      countWordErrors(words(utterances[index]!.text), words(found.map(({ text }) => text).join(' '))),
    );
    console.log(
      [
        (Number.isFinite(ratio) ? String(ratio) : 'as is').padStart(6),
        quantile(shares, 0.1).padStart(20),
        quantile(shares, 0.5),
        quantile(shares, 0.9),
        quantile(weights, 0.5).padStart(16),
        (100 * wordErrorRate(sumWordErrors(errors))).toFixed(1).padStart(8),
      ].join('  '),
    );
  }
  await recognizer.close();
}

await main();
