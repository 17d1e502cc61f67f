import type { HeadWeights } from '../../../core/recognizer/acoustics.ts';
import { clock } from '../../common/format.ts';

const percent = (share: number) => `${Math.round(share * 100)} %`;
const tenths = (seconds: number) => seconds.toFixed(1);

/** Every sentence and name of the strip and of the page of attention. */
export const texts = {
  noise: 'Background noise',
  heads: 'Weights of the heads',
  groups: { spectral: 'Spectral', temporal: 'Temporal', noise: 'Noise' },
  percent,
  unknown: '–',
  at: (time: number) => `at ${clock(time)}`,
  onAverage: 'on average',
  strip: 'Background noise and head weights',
  summary: (noise: number, worst: number, at: number, { spectral, temporal, noise: weight }: HeadWeights) =>
    `Background noise takes ${percent(noise)} of the sound of the words on average, and most at ${clock(at)}: ${percent(worst)}. ` +
    `The encoder’s heads weigh ${percent(spectral)} spectral, ${percent(temporal)} temporal and ${percent(weight)} noise on average.`,
  goThere: 'Go there',
  look: 'Attention…',
  attention: 'Attention of the encoder',
  stretch: (start: number, end: number) => `${clock(start)} to ${clock(end)}`,
  layer: 'Layer',
  head: 'Head',
  headNumber: (number: number, group: string) => `${group} head ${number}`,
  explained:
    'Each row is a moment that listens, each column a moment it listens to; the stronger the colour, the more. ' +
    'A diagonal is a head that hears what is near, a column a moment that many look to.',
  distance: (seconds: number) =>
    seconds < 0.1
      ? `Looks ${Math.round(seconds * 1000)} ms away on average.`
      : `Looks ${seconds.toFixed(2)} s away on average.`,
  shortened: (seconds: number) => `Only the first ${tenths(seconds)} s are shown.`,
  listening: 'Listening to this passage again…',
  picture: (head: string, layer: number, distance: string) =>
    `Attention of ${head.toLowerCase()} in layer ${layer} over the words of this passage. ${distance}`,
  failed: 'The attention could not be shown; try again.',
  close: 'Close',
} as const;
