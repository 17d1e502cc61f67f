import { useEffect, useState } from 'react';
import type { Waveform } from '../../../electron/contract.ts';
import { call, sentenceOf } from '../../host/client.ts';
import { m } from '../../messages/messages.ts';

export type KnownWaveform =
  | { readonly kind: 'reading' }
  | { readonly kind: 'known'; readonly waveform: Waveform }
  | { readonly kind: 'failed'; readonly sentence: string };

/** The waveform of a job's recording, as soon as the host has it. */
export function useWaveform(job: string): KnownWaveform {
  const [known, setKnown] = useState<KnownWaveform>({ kind: 'reading' });
  useEffect(() => {
    let wanted = true;
    call('waveform', { job }).then(
      (waveform) => wanted && setKnown({ kind: 'known', waveform }),
      (error: unknown) => {
        const sentence = sentenceOf(error, m.timeline.failed);
        if (wanted) setKnown({ kind: 'failed', sentence });
      },
    );
    return () => {
      wanted = false;
    };
  }, [job]);
  return known;
}
