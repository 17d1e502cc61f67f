import { type MouseEvent, useId, useMemo } from 'react';
import { noisyStretches } from '../../../core/transcript/noise.ts';
import type { Transcript } from '../../../core/transcript/schema.ts';
import { HEAD_GROUPS } from '../../../electron/contract.ts';
import { clock } from '../../common/format.ts';
import { m } from '../../messages/messages.ts';
import { timeAt, type View } from '../timeline/view.ts';
import { acousticColumns, acousticSummary, acousticsAt } from './columns.ts';
import { stepPath } from './steps.ts';

/** Heights of the two bands and the gap between them, in pixels. */
const BAND = 20;
const GAP = 3;
const HEIGHT = 2 * BAND + GAP;

/**
 * The noise estimate and the weights of the encoder's three groups of heads, on the same time axis as what stands above
 * it; nothing for packs that do not tell them. A click seeks, as the player's slider does.
 */
export function NoiseStrip({
  transcript,
  view,
  time,
  onSeek,
}: {
  transcript: Transcript;
  /** The part that is drawn. */
  view: View;
  /** Of the playhead, in seconds. */
  time: number;
  onSeek: (time: number) => void;
}) {
  const { duration } = transcript.recording;
  const columns = useMemo(() => acousticColumns(transcript, view), [transcript, view]);
  const summary = useMemo(() => acousticSummary(transcript), [transcript]);
  const picture = useMemo(() => pathsOf(columns), [columns]);
  const noisy = useMemo(() => noisyStretches(transcript), [transcript]);
  const title = useId();
  if (summary === null) return null;
  const here = time > 0 ? acousticsAt(transcript.segments, time) : summary;
  const scale = columns.length / (view.end - view.start);
  const seek = (event: MouseEvent<SVGSVGElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    onSeek(timeAt(event.clientX - left, view, width, duration));
  };
  const { noise, worst, weights } = summary;
  return (
    <section className="noise-strip" aria-label={m.acoustics.strip}>
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
        <title id={title}>
          {`${m.acoustics.summary(percent(noise), clock(worst.second), percent(worst.share))} ${m.acoustics.weights(
            percent(weights.spectral),
            percent(weights.temporal),
            percent(weights.noise),
          )}`}
        </title>
        <rect className="noise-ground" width={columns.length} height={BAND} />
        <rect className="noise-ground" y={BAND + GAP} width={columns.length} height={BAND} />
        {noisy.map(({ start, end }) => (
          <rect
            key={start}
            className="noise-stretch"
            x={(start - view.start) * scale}
            width={(end - start) * scale}
            height={BAND}
          />
        ))}
        {picture.map(({ band, path }) => (
          <path key={band} data-band={band} d={path} />
        ))}
      </svg>
      <p className="noise-legend" aria-hidden="true">
        <span className="noise-key" data-band="share">
          {m.acoustics.noise} <b>{shown(here?.noise)}</b>
        </span>
        <span className="noise-heads">{m.acoustics.heads}</span>
        {HEAD_GROUPS.map((group) => (
          <span key={group} className="noise-key" data-band={group}>
            {m.acoustics.groups[group]} <b>{shown(here?.weights?.[group])}</b>
          </span>
        ))}
        <span className="noise-when">{time > 0 ? m.acoustics.at(clock(time)) : m.acoustics.onAverage}</span>
      </p>
    </section>
  );
}

const percent = (share: number) => m.acoustics.percent(Math.round(share * 100));

function shown(share: number | null | undefined): string {
  return share == null ? '–' : percent(share);
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
