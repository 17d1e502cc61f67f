import { useMemo } from 'react';
import { noiseNotice } from '../../../core/export/notice.ts';
import { noisyStretches } from '../../../core/transcript/noise.ts';
import type { Transcript } from '../../../core/transcript/schema.ts';
import { Icon } from '../../common/icon.tsx';
import { told } from '../../messages/failures.ts';
import { m } from '../../messages/messages.ts';

/** Over the text: where background noise makes words doubtful; nothing for a quiet recording. */
export function NoiseNote({
  transcript,
  onGo,
}: {
  transcript: Transcript;
  /** Shows what is said at a time. */
  onGo: (time: number) => void;
}) {
  const sentence = useMemo(() => noiseNotice(transcript), [transcript]);
  if (sentence === null) return null;
  const go = () => {
    const longest = noisyStretches(transcript).reduce((best, next) =>
      next.end - next.start > best.end - best.start ? next : best,
    );
    onGo(longest.start);
  };
  return (
    <div className="noise-note" role="note">
      <Icon name="warning" />
      <p>{told(sentence)}</p>
      <button type="button" className="link" onClick={go}>
        {m.acoustics.goThere}
      </button>
    </div>
  );
}
