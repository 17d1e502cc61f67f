import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { UserError } from '../errors.ts';
import { assertPassphrase } from '../sealed.ts';

/**
 * The passphrase of a map or a case: from the environment variable SOTTO_PASSPHRASE, else asked for on the terminal
 * without showing it; never an option, which other users of the computer could see in the list of processes.
 * @param fresh whether it is to seal a new file: then it must be long enough, and is asked for twice.
 * @throws UserError `usage` when there is nobody to ask, or the two differ.
 */
export async function readPassphrase(what: string, fresh: boolean): Promise<string> {
  const given = process.env.SOTTO_PASSPHRASE;
  if (given === undefined && process.stdin.isTTY !== true)
    throw new UserError(
      'usage',
      `${what} needs a passphrase; set the environment variable SOTTO_PASSPHRASE, or start Sotto in a terminal, where it asks.`,
    );
  const passphrase = given ?? (await ask(`Passphrase of ${what}: `));
  if (!fresh) return passphrase;
  assertPassphrase(passphrase);
  if (given === undefined && (await ask('The same again: ')) !== passphrase)
    throw new UserError('usage', 'The two passphrases differ; start again and type the same one twice.');
  return passphrase;
}

function ask(question: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  process.stderr.write(question);
  return new Promise((resolve, reject) => {
    lines.once('line', (line) => {
      process.stderr.write('\n');
      resolve(line);
      lines.close();
    });
    lines.once('SIGINT', () => {
      lines.close();
      reject(new UserError('usage', 'No passphrase was given, so nothing was done.'));
    });
  });
}
