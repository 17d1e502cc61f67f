import { placeOf, UserError } from '../core/errors.ts';
import { calls, type Host, isCallName, type Reply } from './contract.ts';

/**
 * Answers one call of the interface, whatever carried it here: the name and the input are checked first, and a
 * failure becomes a sentence.
 */
export async function answerCall(host: Host, name: unknown, input: unknown): Promise<Reply> {
  if (typeof name !== 'string' || !isCallName(name)) return refused('There is no such call.');
  const parsed = calls[name].input.safeParse(input);
  if (!parsed.success) return refused('The call does not match the contract.');
  try {
    const method = host[name] as (input: unknown) => Promise<unknown>;
    return { ok: true, value: await method(parsed.data) };
  } catch (error) {
    if (error instanceof UserError)
      return { ok: false, failure: { code: error.code, message: error.message } };
    console.error(`A fault: ${placeOf(error)}`);
    const message = 'Something in Sotto failed; try again, and report it if it happens twice.';
    return { ok: false, failure: { code: 'fault', message } };
  }
}

function refused(message: string): Reply {
  return { ok: false, failure: { code: 'usage', message } };
}
