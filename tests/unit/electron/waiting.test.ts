import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CancelledError } from '../../../electron/engineLink.ts';
import { JobQueue } from '../../../electron/jobs.ts';
import { Projects } from '../../../electron/projects.ts';
import { WaitingRecordings } from '../../../electron/waiting.ts';
import { transcriptOf } from '../transcript/sample.ts';

const id = (letter: string) => letter.repeat(32);
const KEY = Buffer.alloc(32, 7);

describe('recordings that were not finished when the program ended', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sotto-waiting-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** A run of the program, whose recordings are finished by hand. */
  async function run() {
    const projects = new Projects(folder, KEY);
    let stop = () => {};
    let finish = () => {};
    const queue = new JobQueue({
      transcribe: () =>
        new Promise((resolve, reject) => {
          finish = () => resolve(transcriptOf('hello'));
          stop = () => reject(new CancelledError());
        }),
      stop: () => stop(),
      changed: () => waiting.keep(),
      rearranged: () => waiting.keep(),
      finished: () => {},
    });
    const waiting: WaitingRecordings = new WaitingRecordings({ projects }, queue, (sentence) => {
      throw new Error(sentence);
    });
    await waiting.open();
    waiting.goOn();
    /** As the host does: what runs is stopped by the end. */
    const end = async () => {
      waiting.close();
      stop();
      await settle();
      await projects.remove(id('f'));
    };
    const states = () => queue.all().map((job) => `${job.name} ${job.state}`);
    return { queue, states, end, finish: () => finish() };
  }
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const recording = (letter: string) => ({
    id: id(letter),
    name: `${letter}.wav`,
    folder: 'Meetings',
    path: `/recordings/${letter}.wav`,
  });

  test('go on in their order, the one that ran first; what was finished or cancelled does not come back', async () => {
    const first = await run();
    for (const letter of ['a', 'b', 'c', 'd', 'e']) first.queue.add(recording(letter));
    first.finish();
    await settle();
    first.queue.cancel(id('c'));
    first.queue.move(id('e'), -1);
    expect(first.states()).toEqual([
      'a.wav done',
      'b.wav running',
      'c.wav cancelled',
      'e.wav waiting',
      'd.wav waiting',
    ]);
    await first.end();

    const second = await run();
    expect(second.states()).toEqual(['b.wav running', 'e.wav waiting', 'd.wav waiting']);
    expect(second.queue.all()[0]).toMatchObject(recording('b'));
    await second.end();
  });

  test('stay paused, and a recording that only the page of that time could read is gone', async () => {
    const first = await run();
    first.queue.add({ ...recording('a'), path: null });
    first.queue.add(recording('b'));
    first.queue.pause();
    await first.end();
    const second = await run();
    expect(second.states()).toEqual(['b.wav waiting']);
    expect(second.queue.paused).toBe(true);
    second.queue.remove(id('b'));
    await second.end();
    expect((await run()).states()).toEqual([]);
  });
});
