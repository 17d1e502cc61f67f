import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { call, sentenceOf } from '../host/client.ts';
import { m } from '../messages/messages.ts';
import {
  MicrophoneError,
  type MicrophoneFailure,
  type MicrophoneInput,
  microphones,
  openMicrophone,
} from './microphoneInput.ts';
import { SoundBlocks } from './soundBlocks.ts';

/** `lost`: the microphone was disconnected; what was recorded before stays. */
export type RecorderPhase =
  | 'asking'
  | 'ready'
  | 'recording'
  | 'paused'
  | 'stopping'
  | 'lost'
  | MicrophoneFailure;

export interface Recorder {
  readonly phase: RecorderPhase;
  /** Of the recording; null before it begins. */
  readonly job: string | null;
  /** Why the recording cannot go on, a sentence. */
  readonly trouble: string | null;
  readonly devices: readonly { readonly id: string; readonly name: string }[];
  readonly device: string;
  /** Seconds recorded now. */
  seconds(): number;
  /** Loudness of the last moment, 0 to 1. */
  level(): number;
  /** Opens the microphone of this id, the system's choice for null. */
  open(device: string | null): void;
  start(): void;
  pause(): void;
  /** Goes on after a pause, or with a microphone that was lost. */
  resume(): void;
  /** Ends it. @param keep whether it becomes a recording in the queue. */
  stop(keep: boolean): Promise<void>;
}

/** The microphone and what is recorded from it; the microphone is given back when the page is left. */
export function useRecorder(): Recorder {
  const [phase, setPhase] = useState<RecorderPhase>('asking');
  const [job, setJob] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [devices, setDevices] = useState<Recorder['devices']>([]);
  const [device, setDevice] = useState('');
  const input = useRef<MicrophoneInput | null>(null);
  const sound = useRef<SoundBlocks | null>(null);
  const level = useRef(0);
  const left = useRef(false);
  /** Attempts to open, so that only the last one counts. */
  const attempt = useRef(0);

  const open = useCallback(async (wanted: string | null): Promise<MicrophoneInput | null> => {
    const mine = ++attempt.current;
    input.current?.close();
    input.current = null;
    try {
      const opened = await openMicrophone(
        wanted,
        (samples) => {
          level.current = peakOf(samples);
          sound.current?.add(samples);
        },
        () => {
          sound.current?.hold(true);
          level.current = 0;
          setPhase('lost');
        },
      );
      if (left.current || mine !== attempt.current) {
        opened.close();
        return null;
      }
      input.current = opened;
      setDevice(opened.device);
      setDevices(await microphones());
      return opened;
    } catch (error) {
      level.current = 0;
      if (mine === attempt.current) setPhase(error instanceof MicrophoneError ? error.why : 'busy');
      return null;
    }
  }, []);

  const begin = useCallback(
    async (wanted: string | null) => {
      if (!sound.current) setPhase('asking');
      const opened = await open(wanted);
      if (!opened) return;
      // While a recording waits for its microphone, another one is only chosen; the person says when it goes on.
      setPhase(sound.current ? 'paused' : 'ready');
    },
    [open],
  );
  useEffect(() => {
    left.current = false;
    void begin(null);
    const changed = () => void microphones().then(setDevices);
    navigator.mediaDevices?.addEventListener('devicechange', changed);
    return () => {
      left.current = true;
      navigator.mediaDevices?.removeEventListener('devicechange', changed);
      input.current?.close();
    };
  }, [begin]);

  const start = useCallback(async () => {
    const { current } = input;
    if (!current) return;
    const id = crypto.randomUUID().replaceAll('-', '');
    setTrouble(null);
    try {
      await call('startRecording', { job: id, rate: current.rate });
    } catch (error) {
      setTrouble(sentenceOf(error));
      return;
    }
    sound.current = new SoundBlocks(
      current.rate,
      (samples) => call('pushRecording', { job: id, samples: [samples] }),
      (error) => {
        setTrouble(sentenceOf(error));
        setPhase('paused');
      },
    );
    setJob(id);
    setPhase('recording');
  }, []);
  const resume = useCallback(async () => {
    if (!input.current || phase === 'lost') {
      const opened = await open(null);
      if (!opened) return;
    }
    setTrouble(null);
    setPhase('recording');
    sound.current?.hold(false);
  }, [open, phase]);
  const stop = useCallback(
    async (keep: boolean) => {
      if (job === null) return;
      setPhase('stopping');
      input.current?.close();
      await sound.current?.finish();
      await call('stopRecording', { job, keep, name: m.record.fileName(stamp(new Date())) });
    },
    [job],
  );

  return useMemo(
    () => ({
      phase,
      job,
      trouble,
      devices,
      device,
      seconds: () => sound.current?.seconds ?? 0,
      level: () => level.current,
      open: (wanted) => void begin(wanted),
      start: () => void start(),
      pause() {
        sound.current?.hold(true);
        setPhase('paused');
      },
      resume: () => void resume(),
      stop,
    }),
    [phase, job, trouble, devices, device, begin, start, resume, stop],
  );
}

function peakOf(samples: Float32Array): number {
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  return Math.min(1, peak);
}

/** Year to minute in a form that may stand in a file's name and sorts by time. */
export function stamp(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}.${two(date.getMinutes())}`;
}
