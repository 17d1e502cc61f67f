/** A whole number, grouped as in English. */
const n = (value: number) => value.toLocaleString('en');

/** What is seen of a recording's sound: the timeline, the noise and the attention of the encoder. */
export const enSound = {
  timeline: {
    name: 'Timeline',
    waveform: 'Waveform; arrow keys seek, brackets go to masked places, plus and minus zoom',
    reading: 'Drawing the waveform…',
    failed: 'The waveform could not be drawn; the transcript and its times are complete.',
    pan: 'Part of the recording in view',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    whole: 'Show the whole recording',
  },
  bleepPreview: {
    hear: 'Hear the bleeps',
    previous: 'Previous bleep',
    next: 'Next bleep',
    count: (count: number) => `${n(count)} ${count === 1 ? 'stretch' : 'stretches'} will be bleeped`,
    place: (at: number, count: number, time: string) => `Bleep ${n(at)} of ${n(count)}, at ${time}`,
    none: 'Nothing will be bleeped: no masked span has a place in the sound.',
    unplayable: 'This recording cannot be played here, but its audio can be exported.',
  },
  acoustics: {
    noise: 'Background noise',
    heads: 'Weights of the heads',
    groups: { spectral: 'Spectral', temporal: 'Temporal', noise: 'Noise' },
    percent: (value: number) => `${n(value)} %`,
    at: (time: string) => `at ${time}`,
    onAverage: 'on average',
    strip: 'Background noise and head weights',
    summary: (noise: string, worstAt: string, worst: string) =>
      `Background noise takes ${noise} of the sound of the words on average, and most at ${worstAt}: ${worst}.`,
    weights: (spectral: string, temporal: string, noise: string) =>
      `The encoder’s heads weigh ${spectral} spectral, ${temporal} temporal and ${noise} noise on average.`,
    goThere: 'Go there',
    look: 'Attention…',
    attention: 'Attention of the encoder',
    stretch: (start: string, end: string) => `${start} to ${end}`,
    layer: 'Layer',
    headNumber: (number: number, group: string) => `${group} head ${n(number)}`,
    explained:
      'Each row is a moment that listens, each column a moment it listens to; the stronger the colour, the more. ' +
      'A diagonal is a head that hears what is near, a column a moment that many look to.',
    near: (milliseconds: number) => `Looks ${n(milliseconds)} ms away on average.`,
    far: (seconds: string) => `Looks ${seconds} s away on average.`,
    shortened: (seconds: string) => `Only the first ${seconds} s are shown.`,
    listening: 'Listening to this passage again…',
    picture: (head: string, layer: string, distance: string) =>
      `Attention of ${head} in layer ${layer} over the words of this passage. ${distance}`,
    failed: 'The attention could not be shown; try again.',
  },
};
