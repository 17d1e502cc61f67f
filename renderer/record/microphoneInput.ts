import captureUrl from './capture.worklet.ts?worker&url';

/** Hz: what nearly every microphone gives; others are resampled by the browser engine. */
const RATE = 48_000;

/** `denied`: by the person or the system; `none`: no microphone is connected; `busy`: another program has it. */
export type MicrophoneFailure = 'denied' | 'none' | 'busy';

export class MicrophoneError extends Error {
  constructor(readonly why: MicrophoneFailure) {
    super(why);
    this.name = 'MicrophoneError';
  }
}

/** An open microphone. */
export interface MicrophoneInput {
  /** Hz. */
  readonly rate: number;
  /** Its id among the devices, '' where the browser does not tell. */
  readonly device: string;
  close(): void;
}

/**
 * Opens a microphone, the system's own choice if none is named. The sound is as it comes: what makes a call pleasant
 * (echo and noise taken away) takes words away, too.
 * @param onBlock takes mono samples in [-1, 1], about twelve times a second.
 * @param onLost the microphone was disconnected.
 * @throws MicrophoneError
 */
export async function openMicrophone(
  device: string | null,
  onBlock: (samples: Float32Array) => void,
  onLost: () => void,
): Promise<MicrophoneInput> {
  const stream = await streamOf(device);
  const context = contextOf();
  const track = stream.getAudioTracks()[0]!;
  const close = () => {
    track.onended = null;
    for (const each of stream.getTracks()) each.stop();
    if (context.state !== 'closed') void context.close();
  };
  try {
    await context.audioWorklet.addModule(captureUrl);
    const capture = new AudioWorkletNode(context, 'capture', { numberOfOutputs: 0 });
    capture.port.onmessage = ({ data }: MessageEvent<Float32Array>) => onBlock(data);
    context.createMediaStreamSource(stream).connect(capture);
    await context.resume();
  } catch (error) {
    close();
    throw error;
  }
  track.onended = onLost;
  return { rate: context.sampleRate, device: track.getSettings().deviceId ?? '', close };
}

/** The microphones that are connected; their names are known once one was opened. */
export async function microphones(): Promise<{ id: string; name: string }[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices
    .filter(({ kind }) => kind === 'audioinput')
    .map(({ deviceId, label }) => ({ id: deviceId, name: label }));
}

async function streamOf(device: string | null): Promise<MediaStream> {
  // A page that was not opened safely has no devices at all.
  if (!navigator.mediaDevices) throw new MicrophoneError('denied');
  const audio: MediaTrackConstraints = {
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: true,
    ...(device === null ? {} : { deviceId: { exact: device } }),
  };
  try {
    return await navigator.mediaDevices.getUserMedia({ audio });
  } catch (error) {
    const { name } = error as DOMException;
    if (name === 'NotFoundError' || name === 'OverconstrainedError') throw new MicrophoneError('none');
    throw new MicrophoneError(name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'denied');
  }
}

/** Firefox joins no microphone to a context of another rate than its own. */
function contextOf(): AudioContext {
  return navigator.userAgent.includes('Firefox')
    ? new AudioContext()
    : new AudioContext({ sampleRate: RATE });
}
