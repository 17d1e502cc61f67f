import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../../core/errors.ts';
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
    let fail = () => {};
    const queue = new JobQueue({
      transcribe: () =>
        new Promise((resolve, reject) => {
          finish = () => resolve(transcriptOf('hello'));
          stop = () => reject(new CancelledError());
          fail = () => reject(new UserError('silent', 'Nothing is said in b.wav.'));
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
      await projects.settled();
    };
    const remove = (job: string) => {
      queue.remove(job);
      waiting.keep();
    };
    const states = () => queue.all().map((job) => `${job.name} ${job.state}`);
    return { queue, states, remove, end, finish: () => finish(), fail: () => fail() };
  }
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const recording = (letter: string) => ({
    id: id(letter),
    name: `${letter}.wav`,
    folder: 'Meetings',
    path: `/recordings/${letter}.wav`,
  });

  /** What a next run has. */
  const expectNext = async (states: string[]) => {
    const next = await run();
    expect(next.states()).toEqual(states);
    await next.end();
  };

  test('go on in their order, the one that ran first; what failed or was cancelled can be tried again', async () => {
    const first = await run();
    for (const letter of ['a', 'b', 'c', 'd', 'e', 'f']) first.queue.add(recording(letter));
    first.finish();
    await settle();
    first.fail();
    await settle();
    first.queue.cancel(id('d'));
    first.queue.move(id('f'), -1);
    const states = ['b.wav failed', 'c.wav running', 'd.wav cancelled', 'f.wav waiting', 'e.wav waiting'];
    expect(first.states()).toEqual(['a.wav done', ...states]);
    const { added } = first.queue.get(id('b'))!;
    await first.end();

    const second = await run();
    expect(second.states()).toEqual(states);
    expect(second.queue.get(id('b'))).toMatchObject({
      ...recording('b'),
      added,
      error: 'Nothing is said in b.wav.',
    });
    second.queue.retry(id('b'));
    second.remove(id('d'));
    expect(second.queue.get(id('b'))).toMatchObject({ state: 'waiting', error: null });
    await second.end();
    await expectNext(['b.wav running', 'c.wav waiting', 'f.wav waiting', 'e.wav waiting']);
  });

  test('stay when all of them have failed', async () => {
    const first = await run();
    first.queue.add(recording('b'));
    first.fail();
    await settle();
    await first.end();
    await expectNext(['b.wav failed']);
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
    second.remove(id('b'));
    await second.end();
    await expectNext([]);
  });
});
