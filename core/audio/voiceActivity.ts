import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Pack } from '../pack.ts';

/** Samples that one probability speaks for: 32 ms at 16 kHz. */
export const WINDOW = 512;
/** Samples before its window that the model sees with it. */
const CONTEXT = 64;
/** Size of the recurrent state. */
const STATE = 128;
/** Windows computed at once: 33 s. */
const SPAN = 1024;
/** Windows before a span that are heard to bring the recurrent state up: 2 s. */
const WARM_UP = 64;

/** Says for each {@link WINDOW} of a recording how likely someone speaks in it. */
export interface VoiceActivity {
  /**
   * Windows that {@link probabilities} is given at once, counted from the recording's beginning. A span's values
   * depend only on its own samples and the {@link warmUp} before it, so a job can be taken up at any span.
   */
  readonly span: number;
  readonly warmUp: number;
  /**
   * @param samples - 16 kHz, in [-1, 1]: `warmUp` windows of what lies before (0 windows at the recording's
   * beginning), then at most `span` windows; the last one may be cut short.
   * @param warmUp - how many whole windows lie before.
   * @returns a probability for each window after the warm-up.
   */
  probabilities(samples: Float32Array, warmUp: number): Promise<Float32Array>;
  /** Hears a recording from its beginning on as it is made. */
  stream(): VoiceStream;
  close(): Promise<void>;
}

/** Voice activity of a recording that is being made; its values are the streaming model's. One call at a time. */
export interface VoiceStream {
  /**
   * @param samples - whole windows, 16 kHz, in [-1, 1], that follow those of the call before.
   * @returns a probability for each window.
   */
  probabilities(samples: Float32Array): Promise<Float32Array>;
}

/**
 * Silero VAD 6 (MIT, github.com/snakers4/silero-vad) in its sequence form, which gives bit for bit the streaming
 * model's probabilities at a third of the time (0.056 against 0.166 ms a window, one thread, silero_vad 6.2.3). Of
 * that the recurrent layer, which no second thread can help, is a twentieth.
 * @param threads of ONNX Runtime.
 */
export async function openVoiceActivity(pack: Pack, threads = 1): Promise<VoiceActivity> {
  const session = await InferenceSession.create(pack.path('vad_sequence.onnx'), {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // One run in half a minute of sound needs no memory held ready for it.
    enableCpuMemArena: false,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  return {
    span: SPAN,
    warmUp: WARM_UP,
    async probabilities(samples, warmUp) {
      const windows = Math.ceil(samples.length / WINDOW);
      if (windows === warmUp) return new Float32Array(0);
      const input = new Float32Array(windows * (CONTEXT + WINDOW));
      for (let window = 0; window < windows; window++) {
        const start = window * WINDOW - CONTEXT;
        const row = samples.subarray(Math.max(start, 0), (window + 1) * WINDOW);
        input.set(row, window * (CONTEXT + WINDOW) + Math.max(-start, 0));
      }
      const { speech_probs } = await session.run({
        input: new Tensor('float32', input, [windows, CONTEXT + WINDOW]),
        h: emptyState(),
        c: emptyState(),
      });
      return (speech_probs!.data as Float32Array).slice(warmUp);
    },
    stream() {
      let h = emptyState();
      let c = emptyState();
      let context = new Float32Array(CONTEXT);
      return {
        async probabilities(samples) {
          const windows = samples.length / WINDOW;
          if (windows === 0) return new Float32Array(0);
          const heard = new Float32Array(CONTEXT + samples.length);
          heard.set(context);
          heard.set(samples, CONTEXT);
          const input = new Float32Array(windows * (CONTEXT + WINDOW));
          for (let window = 0; window < windows; window++)
            input.set(
              heard.subarray(window * WINDOW, (window + 1) * WINDOW + CONTEXT),
              window * (CONTEXT + WINDOW),
            );
          const { speech_probs, hn, cn } = await session.run({
            input: new Tensor('float32', input, [windows, CONTEXT + WINDOW]),
            h,
            c,
          });
          h = hn as Tensor;
          c = cn as Tensor;
          context = heard.slice(samples.length);
          return speech_probs!.data as Float32Array;
        },
      };
    },
    close: () => session.release(),
  };
}

function emptyState(): Tensor {
  return new Tensor('float32', new Float32Array(STATE), [1, 1, STATE]);
}
