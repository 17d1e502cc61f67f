import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { extname, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Transcript } from '../../core/transcript/schema.ts';
import { type AppState, DEFAULT_SETTINGS, type HostEvent, type Job } from '../../electron/contract.ts';
import { PAGE_HEADERS } from '../../electron/scheme.ts';
import { chromiumPath, ROOT } from '../runtime.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wav': 'audio/wav',
};

/** The built interface in Chromium with a host that answers from memory: every state of it, without a model. */
export interface Stub {
  readonly page: Page;
  /** What the interface asked the host to do, but for reading its state. */
  asked(): Promise<{ name: string; input: unknown }[]>;
  /** The transcript as the page saved it last. @throws Error when it saved none. */
  saved(): Promise<Transcript>;
  /** What the host tells unasked. */
  tell(event: HostEvent): Promise<void>;
  close(): Promise<void>;
}

export interface StubOptions {
  readonly state?: Partial<AppState>;
  /** By job. */
  readonly transcripts?: Readonly<Record<string, Transcript>>;
  readonly size?: { readonly width: number; readonly height: number };
}

/** An id of a job for tests. */
export function jobId(number: number): string {
  return number.toString(16).padStart(32, '0');
}

/** A job as the queue shows it. */
export function jobOf(number: number, given: Partial<Job>): Job {
  return {
    id: jobId(number),
    name: `recording ${number}.wav`,
    folder: '',
    state: 'waiting',
    progress: null,
    error: null,
    warnings: [],
    summary: null,
    media: null,
    added: Date.UTC(2026, 2, number, 9, 30),
    recorded: false,
    ...given,
  };
}

const PACK = { version: '1.0.0', license: 'MIT', added: false, speed: null };

export async function openStub({ state, transcripts = {}, size }: StubOptions = {}): Promise<Stub> {
  const server = await serve();
  const browser: Browser = await chromium.launch({
    executablePath: chromiumPath()!,
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--autoplay-policy=no-user-gesture-required',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ],
  });
  const page = await browser.newPage({ viewport: size ?? { width: 1280, height: 800 } });
  page.on('pageerror', (error) => console.error(error));
  const full: AppState = {
    runtime: 'electron',
    jobs: [],
    paused: false,
    settings: { ...DEFAULT_SETTINGS, interfaceLanguage: 'en', welcomed: true },
    packs: [
      { ...PACK, speed: 6.4, name: 'base', bytes: 78_000_000, languages: ['en', 'de', 'zh'] },
      { ...PACK, name: 'tiny', bytes: 41_000_000, languages: ['en'] },
    ],
    keepsTranscripts: true,
    missingFolder: null,
    protection: 'keyring',
    locked: false,
    refusedRequests: 0,
    foundRecordings: [],
    ...state,
  };
  // esbuild, when it runs this file by itself, calls this to keep functions' names.
  await page.addInitScript('globalThis.__name ??= (named) => named');
  await page.addInitScript(answerFromMemory, { state: full, transcripts });
  await page.goto(`http://127.0.0.1:${(server.address() as { port: number }).port}/index.html`);
  const asked = () => page.evaluate(() => (window as unknown as Memory).asked);
  return {
    page,
    asked,
    async saved() {
      const last = (await asked()).filter(({ name }) => name === 'saveTranscript').at(-1);
      if (!last) throw new Error('no transcript was saved yet');
      return (last.input as { transcript: Transcript }).transcript;
    },
    tell: (event) => page.evaluate((told) => (window as unknown as Memory).tell(told), event),
    async close() {
      await browser.close();
      server.close();
    },
  };
}

interface Memory {
  asked: { name: string; input: unknown }[];
  tell(event: unknown): void;
}

/** Runs in the page, before its own scripts. */
function answerFromMemory({
  state,
  transcripts,
}: {
  state: AppState;
  transcripts: Record<string, Transcript>;
}) {
  const receivers = new Set<(event: unknown) => void>();
  const memory: Memory = {
    asked: [],
    tell: (event) => {
      for (const receive of receivers) receive(event);
    },
  };
  const memoryCases: {
    id: string;
    name: string;
    recordings: number;
    people: { number: number; names: string }[];
  }[] = [];
  let moved = false;
  const answers: Record<string, (input: never) => unknown> = {
    state: () => state,
    openTranscript: ({ job }: { job: string }) => transcripts[job],
    changeSettings: (settings: AppState['settings']) => {
      state.settings = settings;
      return settings;
    },
    deleteEverything: () => {
      Object.assign(state, { locked: false, protection: 'keyring', jobs: [] });
      return state.settings;
    },
    storage: () => {
      if (state.runtime === 'browser') return null;
      const home = '/home/me/.config/sotto';
      const path = moved ? '/media/me/Sotto transcripts' : `${home}/projects`;
      return { folder: home, bytes: 3_400_000, transcripts: { path, chosen: moved } };
    },
    moveTranscripts: ({ back }: { back: boolean }) => {
      moved = !back;
      return { moved: true, left: false };
    },
    addPack: () => ({ added: null, packs: state.packs }),
    searchTranscripts: ({ query }: { query: string }) =>
      Object.entries(transcripts).flatMap(([job, { segments }]) => {
        const words = segments.flatMap((segment) => segment.words);
        const places = words.filter(({ text }) => text.toLowerCase().includes(query.toLowerCase())).length;
        return places > 0 ? [{ job, places }] : [];
      }),
    previewExport: ({ format }: { format: string }) => ({
      name: `call.redacted.${format}`,
      text: 'Good morning, my name is [PERSON_1].',
      characters: 36,
    }),
    unlock: ({ passphrase }: { passphrase: string }) => {
      if (passphrase !== 'correct horse')
        throw new Error('That is another passphrase; check it and try again.');
      state.locked = false;
      return {};
    },
    protect: ({ next }: { next: string | null }) => {
      state.protection = next === null ? 'none' : 'passphrase';
      return {};
    },
    cases: () => memoryCases,
    saveTranscript: ({ transcript }: { transcript: Transcript }) => ({ case: transcript.case ?? null }),
    setCase: ({ job, name, case: chosen }: { job: string; name: string | null; case: string | null }) => {
      const { case: _, ...plain } = transcripts[job]!;
      if (name !== null)
        memoryCases.push({
          id: 'c1',
          name,
          recordings: 1,
          people: [
            { number: 1, names: 'sarah connor' },
            { number: 2, names: 'miller' },
          ],
        });
      if (name === null && chosen === null) return plain;
      const known = { people: [], values: [], counts: { PERSON: 6 } };
      return { ...plain, case: { id: 'c1', known, told: [] } };
    },
    mergeInCase: ({ job }: { job: string }) => {
      memoryCases[0]!.people[1]!.number = 1;
      return transcripts[job];
    },
    reidentify: () => ({ text: 'I am Sarah Connor.', exact: 1, fullest: 0, left: 0 }),
    // Knows one name, and finds it where a person has typed it.
    searchEdited: ({ segments }: { segments: string[] }) => {
      if (segments.length === 0) return [];
      const { input } = memory.asked.filter(({ name }) => name === 'saveTranscript').at(-1)!;
      const { transcript } = input as { transcript: Transcript };
      return transcript.segments
        .filter(({ id }) => segments.includes(id))
        .flatMap(({ words }) => words)
        .filter(({ text }) => text === 'Venkataraman.')
        .map(({ id }) => ({
          id: 'e1',
          label: 'PERSON',
          words: [id],
          detector: 'head',
          rule: 'read',
          score: 0.9,
          decision: 'pending',
        }));
    },
    exportPolicy: () => ({ kind: 'saved', files: ['ours.policy.json'], folder: 'Exports' }),
    // Louder and softer, as speech is.
    waveform: () => ({
      rate: 50,
      peaks: btoa(
        String.fromCharCode(
          ...Array.from({ length: 3000 }, (_, i) => Math.abs(200 * Math.sin(i / 37) * Math.sin(i))),
        ),
      ),
    }),
    exportTranscript: () => ({ kind: 'saved', files: ['call.redacted.docx'], folder: 'Exports' }),
  };
  /** Reading the state, and asking whether something is left to search in a transcript that opens. */
  const unasked = (name: string, { segments }: { segments?: string[] }) =>
    name === 'state' || name === 'openTranscript' || (name === 'searchEdited' && segments!.length === 0);
  Object.assign(window, memory, {
    sotto: {
      async call(name: string, input: never) {
        if (!unasked(name, input)) memory.asked.push({ name, input });
        try {
          const value = answers[name]?.(input);
          return { ok: true, value: value === undefined ? {} : value };
        } catch (error) {
          return { ok: false, failure: { code: 'usage', message: (error as Error).message } };
        }
      },
      listen(receive: (event: unknown) => void) {
        receivers.add(receive);
        return () => receivers.delete(receive);
      },
      addFiles: async () => [],
    },
  });
}

function serve(): Promise<Server> {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://host').pathname;
    const file = path.startsWith('/fixtures/')
      ? join(ROOT, 'tests', path)
      : join(ROOT, 'dist', 'renderer', path);
    const bytes = await readFile(file).catch(() => null);
    // A player only seeks in what can be asked for in parts.
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    const from = Number(range?.[1] ?? 0);
    const part = bytes?.subarray(from, range?.[2] ? Number(range[2]) + 1 : undefined);
    response.writeHead(bytes ? (range ? 206 : 200) : 404, {
      'accept-ranges': 'bytes',
      ...(range && bytes && part
        ? { 'content-range': `bytes ${from}-${from + part.length - 1}/${bytes.length}` }
        : {}),
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': PAGE_HEADERS['content-security-policy'],
    });
    response.end(part);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
