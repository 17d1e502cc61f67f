import { addFound, type Found, foundIn, saysTheSame } from '../core/transcript/found.ts';
import type { Entity, Segment, Transcript } from '../core/transcript/schema.ts';
import type { QueuedJob } from './jobs.ts';

type Finished = { job: QueuedJob; transcript: Transcript };

/**
 * What a person has changed in transcripts and nothing has searched for personal data yet. It is told when a transcript
 * is saved, so that no page can forget it: nothing leaves before {@link settled}, in this run or in a later one.
 */
export class EditedText {
  /** By job: what was found and no page has shown yet; a page that does not know of it may save over it. */
  private readonly untold = new Map<string, readonly Found[]>();
  /** Transcripts change one after another: each change builds on the one before. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly links: {
      /** @throws UserError `not-found` */
      finished(job: string): Finished;
      /** Gives a job another transcript, and says which of its segments are unsearched. */
      change(before: Finished, transcript: Transcript, unsearched: readonly string[]): Promise<void>;
      /** Personal data in segments of a transcript that nothing marks yet. */
      search(finished: Finished, segments: readonly string[]): Promise<Entity[]>;
    },
  ) {}

  /** Runs what reads or changes transcripts after the changes before it. */
  inTurn<T>(step: () => Promise<T>): Promise<T> {
    const done = this.last.then(step);
    this.last = done.catch(() => {});
    return done;
  }

  /** Takes over a transcript as a page saves it. */
  save(id: string, saved: Transcript): Promise<void> {
    return this.inTurn(async () => {
      const before = this.links.finished(id);
      const known = byId(before.transcript);
      const open = saved.segments.filter(
        (segment) =>
          before.job.unsearched.includes(segment.id) || !saysTheSame(segment, known.get(segment.id)),
      );
      const shown = new Set(saved.entities.flatMap(({ words }) => words));
      const untold = (this.untold.get(id) ?? []).filter(
        ({ entity }) => !entity.words.every((word) => shown.has(word)),
      );
      this.untold.set(id, untold);
      await this.links.change(
        before,
        addFound(saved, untold),
        open.map((segment) => segment.id),
      );
    });
  }

  /** Searches segments, with all that is unsearched. @returns what was found there and no page has shown yet. */
  async search(id: string, segments: readonly string[]): Promise<Entity[]> {
    const searched = this.links.finished(id);
    const wanted = new Set([...segments, ...searched.job.unsearched]);
    if (wanted.size === 0) return this.untoldOf(id);
    const entities = await this.links.search(searched, [...wanted]);
    const found = foundIn(searched.transcript, entities);
    await this.inTurn(async () => {
      // Meanwhile more may have been typed.
      const before = this.links.finished(id);
      const [then, now] = [byId(searched.transcript), byId(before.transcript)];
      const open = before.job.unsearched.filter((segment) => {
        const there = now.get(segment);
        return there && !(wanted.has(segment) && saysTheSame(there, then.get(segment)));
      });
      this.untold.set(id, [...(this.untold.get(id) ?? []), ...found]);
      await this.links.change(before, addFound(before.transcript, found), open);
    });
    return this.untoldOf(id);
  }

  /** A transcript of which everything is searched. @throws UserError where it cannot be. */
  async settled(id: string): Promise<Finished> {
    while (this.links.finished(id).job.unsearched.length > 0) await this.search(id, []);
    return this.links.finished(id);
  }

  forget(job: string): void {
    this.untold.delete(job);
  }

  private untoldOf(id: string): Entity[] {
    return (this.untold.get(id) ?? []).map(({ entity }) => entity);
  }
}

function byId({ segments }: Transcript): Map<string, Segment> {
  return new Map(segments.map((segment) => [segment.id, segment]));
}
