import { beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import type { Transcript } from '../../../core/transcript/schema.ts';
import { CancelledError } from '../../../electron/engineLink.ts';
import { JobQueue, type QueuedJob } from '../../../electron/jobs.ts';
import { transcriptOf } from '../transcript/sample.ts';

/** An engine that ends a job only when told to. */
interface Running {
  readonly job: QueuedJob;
  finish(transcript: Transcript): void;
  fail(error: Error): void;
}

describe('the queue', () => {
  let queue: JobQueue;
  let running: Running[];
  let ended: [number, number][];
  let rearranged: number;
  beforeEach(() => {
    running = [];
    ended = [];
    rearranged = 0;
    queue = new JobQueue({
      transcribe: (job) =>
        new Promise((finish, fail) => {
          running.push({ job, finish, fail });
        }),
      stop: (job) => running.find((one) => one.job === job)?.fail(new CancelledError()),
      changed: () => {},
      rearranged: () => {
        rearranged++;
      },
      finished: (done, failed) => ended.push([done, failed]),
    });
  });

  const add = (...names: string[]) => {
    for (const name of names) queue.add({ id: name, name, folder: '', path: `/${name}` });
  };
  const states = () => queue.all().map(({ id, state }) => `${id} ${state}`);
  /** Lets promises that are settled take effect. */
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const last = () => running[running.length - 1]!;

  test('a failed recording does not stop the next, and the end is told once with how many', async () => {
    add('a', 'b');
    last().fail(new UserError('corrupt', 'a is damaged.'));
    await settle();
    expect(states()).toEqual(['a failed', 'b running']);
    expect(ended).toEqual([]);
    last().finish(transcriptOf('hello'));
    await settle();
    expect(states()).toEqual(['a failed', 'b done']);
    expect(ended).toEqual([[1, 1]]);
  });

  test('a pause puts the running recording back to wait, and going on begins with it', async () => {
    add('a', 'b');
    queue.pause();
    await settle();
    expect(states()).toEqual(['a waiting', 'b waiting']);
    expect(running.map(({ job }) => job.id)).toEqual(['a']);
    queue.resume();
    await settle();
    expect(states()).toEqual(['a running', 'b waiting']);
    expect(running.map(({ job }) => job.id)).toEqual(['a', 'a']);
    expect(rearranged).toBe(2);
  });

  test('a recording that only the interface can read runs to its end before the pause', async () => {
    queue.add({ id: 'a', name: 'a', folder: '', path: null });
    add('b');
    queue.pause();
    await settle();
    expect(states()).toEqual(['a running', 'b waiting']);
    last().finish(transcriptOf('hello'));
    await settle();
    expect(states()).toEqual(['a done', 'b waiting']);
  });

  test('what is cancelled during a pause stays cancelled', async () => {
    add('a', 'b');
    queue.pause();
    await settle();
    queue.cancel('a');
    queue.resume();
    await settle();
    expect(states()).toEqual(['a cancelled', 'b running']);
  });

  test('waiting recordings change places among themselves only', () => {
    add('a', 'b', 'c', 'd');
    queue.move('d', -1);
    expect(states()).toEqual(['a running', 'b waiting', 'd waiting', 'c waiting']);
    queue.move('b', 1);
    expect(states()).toEqual(['a running', 'd waiting', 'b waiting', 'c waiting']);
    queue.move('d', -1);
    queue.move('c', 1);
    queue.move('a', 1);
    expect(states()).toEqual(['a running', 'd waiting', 'b waiting', 'c waiting']);
  });

  test('nothing is told when everything was cancelled', async () => {
    add('a');
    queue.cancel('a');
    await settle();
    expect(ended).toEqual([]);
  });
});
