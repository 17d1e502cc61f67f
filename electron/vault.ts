import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../core/errors.ts';
import { writeFileAtomically } from '../core/export/atomicFile.ts';
import { seal, unseal } from '../core/sealed.ts';
import type { AppState } from './contract.ts';
import { Projects } from './projects.ts';

/** Encrypts short texts with a key that only this person's login opens; Electron's safeStorage. */
export interface Keyring {
  encrypt(text: string): Buffer;
  /** @throws Error when it was encrypted by another person or on another machine. */
  decrypt(bytes: Buffer): string;
}

const KEY_BYTES = 32;
/** The key encrypted by the keyring, and sealed with a passphrase (core/SEALED.md); there is one or the other. */
const KEYRING_FILE = 'key';
const SEALED_FILE = 'key.sealed';

/** The vault as its host sees it. */
export type Keeping = Pick<Vault, 'projects' | 'protection' | 'locked' | 'unlock' | 'protect' | 'erase'>;

/**
 * Holds the key of what is kept on the disk: opened by the system's keyring, or by a passphrase. Where there is neither
 * there is no key, and nothing is kept.
 */
export class Vault {
  private key: Buffer | null = null;
  private opened: Projects | null = null;

  /** @param keyring null where the system has none. */
  private constructor(
    private readonly folder: string,
    private readonly keyring: Keyring | null,
    private sealed: string | null,
  ) {}

  static async open(folder: string, keyring: Keyring | null): Promise<Vault> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const sealed = await readFile(join(folder, SEALED_FILE), 'utf8').catch(() => null);
    const vault = new Vault(folder, keyring, sealed);
    if (sealed === null) await vault.openByKeyring();
    return vault;
  }

  /** What is kept; null while it is locked, where nothing can be kept, and where the keyring does not open the key. */
  get projects(): Projects | null {
    return this.opened;
  }

  get protection(): AppState['protection'] {
    if (this.sealed !== null) return 'passphrase';
    return this.opened ? 'keyring' : 'none';
  }

  /** Whether a passphrase is needed to go on. */
  get locked(): boolean {
    return this.sealed !== null && this.opened === null;
  }

  /** @throws UserError `usage` for another passphrase. */
  async unlock(passphrase: string): Promise<void> {
    if (this.sealed !== null) this.use(await this.unsealed(this.sealed, passphrase));
  }

  /**
   * Sets, changes or takes away the passphrase.
   * @param current needed where there is one.
   * @param next null for none: then the keyring holds the key, and where there is none everything on the disk goes.
   * @throws UserError `usage` for another passphrase than the current one, or one that is too short.
   */
  async protect(current: string | null, next: string | null): Promise<void> {
    if (this.sealed !== null) this.use(await this.unsealed(this.sealed, current ?? ''));
    const key = this.key ?? randomBytes(KEY_BYTES);
    if (next !== null) {
      const sealed = await seal('sotto-key', key.toString('hex'), next);
      await writeFileAtomically(join(this.folder, SEALED_FILE), Buffer.from(sealed));
      await this.giveUpKeyring();
      this.sealed = sealed;
      this.use(key);
      return;
    }
    if (this.keyring) {
      await writeFileAtomically(join(this.folder, KEYRING_FILE), this.keyring.encrypt(key.toString('hex')));
      await rm(join(this.folder, SEALED_FILE), { force: true });
      this.sealed = null;
    } else await this.erase();
  }

  /** Removes everything that is kept and its key, whether it can be opened or not; what comes then has a new key. */
  async erase(): Promise<void> {
    // What is still to be written would come back otherwise.
    await this.opened?.settled();
    await rm(this.folder, { recursive: true, force: true }).catch((cause: unknown) => {
      throw new UserError(
        'disk',
        'Something could not be removed from the disk; check the permissions of Sotto’s folder.',
        { cause },
      );
    });
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    this.sealed = null;
    this.key = null;
    this.opened = null;
    await this.openByKeyring();
  }

  /** A key that the keyring could not open may open another day: it is set aside, with what is under it. */
  private async giveUpKeyring(): Promise<void> {
    const path = join(this.folder, KEYRING_FILE);
    if (this.key) await rm(path, { force: true });
    else await rename(path, `${path}.old`).catch(() => {});
  }

  private async openByKeyring(): Promise<void> {
    if (!this.keyring) return;
    const path = join(this.folder, KEYRING_FILE);
    const stored = await readFile(path).catch(() => null);
    if (stored === null) {
      const key = randomBytes(KEY_BYTES);
      await writeFileAtomically(path, this.keyring.encrypt(key.toString('hex')));
      this.use(key);
      return;
    }
    try {
      const key = Buffer.from(this.keyring.decrypt(stored), 'hex');
      if (key.length === KEY_BYTES) this.use(key);
    } catch {
      // Another person's, or another machine's: what is there stays untouched, and nothing new is written.
    }
  }

  private async unsealed(sealed: string, passphrase: string): Promise<Buffer> {
    const hex = await unseal('sotto-key', sealed, passphrase, SEALED_FILE).catch((cause: unknown) => {
      if (!(cause instanceof UserError) || cause.code !== 'usage') throw cause;
      throw new UserError('usage', 'That is another passphrase; check it and try again.', { cause });
    });
    return Buffer.from(hex, 'hex');
  }

  private use(key: Buffer): void {
    if (this.key?.equals(key)) return;
    this.key = key;
    this.opened = new Projects(this.folder, key);
  }
}

/** Of a host that keeps nothing on the disk. */
export const NOTHING_KEPT: Keeping = {
  projects: null,
  protection: 'none',
  locked: false,
  unlock: async () => {},
  protect: async () => {
    throw new UserError('usage', 'A passphrase can only be set in Sotto’s own window.');
  },
  erase: async () => {},
};
