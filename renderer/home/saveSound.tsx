import type { Job } from '../../electron/contract.ts';
import { handOut } from '../common/handOut.ts';
import { call } from '../host/client.ts';
import { attempt, tell } from '../host/store.ts';
import { m } from '../messages/messages.ts';

/** Writes what was recorded in the app as a file of the person's own. */
export function SaveSound({ job }: { job: Job }) {
  const save = async () => {
    const result = await call('saveRecording', { job: job.id });
    const sentence = handOut(result);
    if (sentence !== null) tell(sentence);
  };
  return (
    <button
      type="button"
      className="quiet"
      aria-label={m.record.saveNamed(job.name)}
      onClick={() => void attempt(save)}
    >
      {m.record.save}
    </button>
  );
}
