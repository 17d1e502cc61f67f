import type { Profiler } from 'node:inspector';

/** Which of the program's own files a stage is, first match first. The networks are timed where they are run. */
const STAGES: readonly (readonly [name: string, path: RegExp])[] = [
  ['log-mel', /core\/features\/|node_modules\/fft\.js\//],
  ['word times', /core\/recognizer\/(attentionMatrix|timeWarping|words|wordTokens)\./],
  ['token choice', /core\/recognizer\//],
  ['redaction', /core\/redaction\//],
  ['audio', /core\/audio\/|node_modules\/(?!onnxruntime)/],
];

/** The network that finds personal data, as a stage. */
export const REDACTION_HEAD = 'redaction head';
/** Stages that make words of sound. */
export const RECOGNITION = ['encoder', 'decoder', 'log-mel', 'word times', 'token choice'];

/** Seconds of a V8 profile by stage, from the time spent in each function itself. */
export function stageSeconds(profile: Profiler.Profile): Record<string, number> {
  const urls = new Map(profile.nodes.map((node) => [node.id, node.callFrame.url]));
  const seconds: Record<string, number> = {};
  for (const [i, node] of (profile.samples ?? []).entries()) {
    const url = urls.get(node) ?? '';
    const stage = STAGES.find(([, path]) => path.test(url))?.[0];
    if (stage) seconds[stage] = (seconds[stage] ?? 0) + (profile.timeDeltas?.[i] ?? 0) / 1e6;
  }
  return seconds;
}
