import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { UserError } from '../errors.ts';
import { writeFileAtomically } from '../export/atomicFile.ts';
import { type CaseRegister, joinCase, newCase, openCase, sealCase } from '../redaction/caseRegister.ts';
import type { Transcript } from '../transcript/schema.ts';
import { readPassphrase } from './passphrase.ts';

/** The case that `--case` names: an encrypted file that is made when it is not there, and goes on with every recording. */
export class CaseFile {
  private constructor(
    private readonly path: string,
    readonly passphrase: string,
    private register: CaseRegister,
  ) {}

  /** @throws UserError when it cannot be read or opened. */
  static async open(path: string): Promise<CaseFile> {
    const name = basename(path);
    const sealed = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return null;
      throw new UserError('unreadable', `The case file ${path} cannot be read; check its permissions.`, {
        cause,
      });
    });
    const passphrase = await readPassphrase(`the case "${name}"`, sealed === null);
    const register =
      sealed === null ? newCase(basename(path, extname(path))) : await openCase(sealed, passphrase, name);
    return new CaseFile(path, passphrase, register);
  }

  /** Gives the transcript's people the aliases that they have in the case, and keeps the new ones. */
  async join(transcript: Transcript): Promise<Transcript> {
    const joined = joinCase(transcript, this.register);
    await writeFileAtomically(this.path, Buffer.from(await sealCase(joined.register, this.passphrase)));
    this.register = joined.register;
    return joined.transcript;
  }
}
