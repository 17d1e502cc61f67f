import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../core/errors.ts';
import {
  type CaseRegister,
  joinCase,
  leaveCase,
  mergeInCase,
  newCase,
  splitInCase,
} from '../core/redaction/caseRegister.ts';
import type { Transcript } from '../core/transcript/schema.ts';
import type { CallOutput, Host } from './contract.ts';
import type { JobQueue, QueuedJob } from './jobs.ts';
import type { Keeping } from './vault.ts';

type Finished = { job: QueuedJob; transcript: Transcript };

/** The cases: who is who across the recordings of each, kept with the transcripts, under the same key. */
export class Cases {
  private registers: CaseRegister[] = [];

  constructor(
    private readonly vault: Pick<Keeping, 'projects'>,
    private readonly queue: () => JobQueue,
    private readonly finished: (job: string) => Finished,
  ) {}

  /** Reads what earlier runs kept. */
  async open(): Promise<void> {
    this.registers = (await this.vault.projects?.cases()) ?? [];
  }

  forget(): void {
    this.registers = [];
  }

  /** Writes them again: they are kept from now on. @throws UserError `disk` */
  async keepAll(): Promise<void> {
    if (this.registers.length > 0) await this.vault.projects?.saveCases(this.registers);
  }

  readonly calls: Pick<Host, 'cases' | 'setCase' | 'mergeInCase' | 'splitInCase'> = {
    cases: async () => this.registers.map((register) => this.shown(register)),
    setCase: async ({ job: id, case: chosen, name }) => {
      const { job, transcript } = this.finished(id);
      if (chosen === null && name === null) {
        this.queue().setTranscript(job, leaveCase(transcript));
        return this.finished(id).transcript;
      }
      const register = chosen === null ? newCase(name!.trim()) : this.find(chosen);
      await this.enter(job, leaveCase(transcript), register);
      return this.finished(id).transcript;
    },
    mergeInCase: ({ job, number, other }) =>
      this.change(job, (register) => mergeInCase(register, number, other)),
    splitInCase: ({ job, entry }) => this.change(job, (register) => splitInCase(register, entry)),
  };

  /** A transcript as it goes on from what the host had of it: new people in it are numbered in its case. */
  async follow(before: Transcript, edited: Transcript): Promise<Transcript> {
    const register = this.registers.find(({ id }) => id === edited.case?.id);
    if (!register || !edited.case) return edited;
    // The page may not know yet what its earlier edits were numbered.
    const known = before.case?.id === register.id ? before.case.told : [];
    const told = [
      ...known,
      ...edited.case.told.filter(({ person }) => !known.some((one) => one.person === person)),
    ];
    const joined = joinCase({ ...edited, case: { ...edited.case, told } }, register);
    if (!isDeepStrictEqual(joined.register, register)) await this.put(joined.register);
    return joined.transcript;
  }

  private async change(job: string, change: (register: CaseRegister) => CaseRegister): Promise<Transcript> {
    let register = change(this.find(this.finished(job).transcript.case?.id ?? ''));
    // Every recording of the case is numbered anew by it.
    for (const one of this.queue().all()) {
      if (one.transcript?.case?.id !== register.id) continue;
      const joined = joinCase(one.transcript, register);
      register = joined.register;
      this.queue().setTranscript(one, joined.transcript);
    }
    await this.put(register);
    return this.finished(job).transcript;
  }

  private async enter(job: QueuedJob, transcript: Transcript, register: CaseRegister): Promise<void> {
    const joined = joinCase(transcript, register);
    await this.put(joined.register);
    this.queue().setTranscript(job, joined.transcript);
  }

  private async put(register: CaseRegister): Promise<void> {
    const others = this.registers.filter(({ id }) => id !== register.id);
    this.registers = [...others, register].sort((a, b) => a.name.localeCompare(b.name));
    await this.vault.projects?.saveCases(this.registers);
  }

  private find(id: string): CaseRegister {
    const register = this.registers.find((one) => one.id === id);
    if (!register) throw new UserError('not-found', 'That case is no longer there; choose another one.');
    return register;
  }

  private shown({ id, name, known }: CaseRegister): CallOutput<'cases'>[number] {
    const recordings = this.queue()
      .all()
      .filter(({ transcript }) => transcript?.case?.id === id).length;
    return {
      id,
      name,
      recordings,
      people: known.people.map(({ number, names }) => ({ number, names: names.join(' ') })),
    };
  }
}
