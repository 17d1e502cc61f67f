import { type MouseEvent, useId, useMemo } from 'react';
import { noisyStretches } from '../../../core/transcript/noise.ts';
import type { Transcript } from '../../../core/transcript/schema.ts';
import { HEAD_GROUPS } from '../../../electron/contract.ts';
import { acousticColumns, acousticSummary, acousticsAt } from './columns.ts';
import { stepPath } from './steps.ts';
import { texts } from './texts.ts';

/** Heights of the two bands and the gap between them, in pixels. */
const BAND = 26;
const GAP = 5;
const HEIGHT = 2 * BAND + GAP;

/**
 * The noise estimate and the weights of the encoder's three groups of heads over the whole recording, on the same time
 * axis as what stands above it; nothing for packs that do not tell them. A click seeks, as the player's slider does.
 */
export function NoiseStrip({
  transcript,
  time,
  onSeek,
}: {
  transcript: Transcript;
  /** Of the playhead, in seconds. */
  time: number;
  onSeek: (time: number) => void;
}) {
  const { duration } = transcript.recording;
  const columns = useMemo(() => acousticColumns(transcript), [transcript]);
  const summary = useMemo(() => acousticSummary(transcript), [transcript]);
  const picture = useMemo(() => pathsOf(columns), [columns]);
  const noisy = useMemo(() => noisyStretches(transcript), [transcript]);
  const title = useId();
  if (summary === null) return null;
  const here = time > 0 ? acousticsAt(transcript.segments, time) : summary;
  const scale = columns.length / duration;
  const seek = (event: MouseEvent<SVGSVGElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    onSeek(((event.clientX - left) / width) * duration);
  };
  const { noise, worst, weights } = summary;
  return (
    <section className="noise-strip" aria-label={texts.strip}>
      <p className="noise-legend" aria-hidden="true">
        <span className="noise-key" data-band="share">
          {texts.noise} <b>{shown(here?.noise)}</b>
        </span>
        <span className="noise-heads">{texts.heads}</span>
        {HEAD_GROUPS.map((group) => (
          <span key={group} className="noise-key" data-band={group}>
            {texts.groups[group]} <b>{shown(here?.weights?.[group])}</b>
          </span>
        ))}
        <span className="noise-when">{time > 0 ? texts.at(time) : texts.onAverage}</span>
      </p>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the player's slider seeks by keys */}
      <svg
        className="noise-plot"
        role="img"
        aria-labelledby={title}
        viewBox={`0 0 ${columns.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        height={HEIGHT}
        onClick={seek}
      >
        <title id={title}>{texts.summary(noise, worst.share, worst.second, weights)}</title>
        <rect className="noise-ground" width={columns.length} height={BAND} />
        <rect className="noise-ground" y={BAND + GAP} width={columns.length} height={BAND} />
        {noisy.map(({ start, end }) => (
          <rect
            key={start}
            className="noise-stretch"
            x={start * scale}
            width={(end - start) * scale}
            height={BAND}
          />
        ))}
        {picture.map(({ band, path }) => (
          <path key={band} data-band={band} d={path} />
        ))}
        <line className="noise-now" x1={time * scale} x2={time * scale} y2={HEIGHT} />
      </svg>
    </section>
  );
}

function shown(share: number | null | undefined): string {
  return share == null ? texts.unknown : texts.percent(share);
}

/** The noise above; below it the three weights, one on the other. */
function pathsOf(columns: ReturnType<typeof acousticColumns>) {
  const noise = columns.map((column) => (column.noise === null ? null : { low: 0, high: column.noise }));
  const bands = [{ band: 'share', path: stepPath(noise, 0, BAND) }];
  const heights = columns.map(() => 0);
  for (const group of HEAD_GROUPS) {
    const steps = columns.map(({ weights }, i) => {
      if (weights === null) return null;
      const low = heights[i]!;
      heights[i] = Math.min(1, low + weights[group]);
      return { low, high: heights[i]! };
    });
    bands.push({ band: group, path: stepPath(steps, BAND + GAP, BAND) });
  }
  return bands;
}
