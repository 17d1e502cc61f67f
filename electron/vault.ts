import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../core/errors.ts';
import { writeFileAtomically } from '../core/export/atomicFile.ts';
import { seal, unseal } from '../core/sealed.ts';
import type { AppState } from './contract.ts';
import { Place } from './place.ts';
import { isKeptFile, Projects } from './projects.ts';
import { removeFiles } from './sealedFolder.ts';

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
export type Keeping = Pick<
  Vault,
  'projects' | 'folder' | 'missing' | 'protection' | 'locked' | 'unlock' | 'protect' | 'move' | 'erase'
>;

/**
 * Holds the key of what is kept on the disk: opened by the system's keyring, or by a passphrase. Where there is neither
 * there is no key, and nothing is kept.
 */
export class Vault {
  private key: Buffer | null = null;
  private opened: Projects | null = null;

  /** @param keyring null where the system has none. */
  private constructor(
    private readonly home: string,
    private readonly keyring: Keyring | null,
    private sealed: string | null,
    private place: Place,
  ) {}

  static async open(folder: string, keyring: Keyring | null): Promise<Vault> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const sealed = await readFile(join(folder, SEALED_FILE), 'utf8').catch(() => null);
    const vault = new Vault(folder, keyring, sealed, await Place.open(folder));
    if (sealed === null) await vault.openByKeyring();
    return vault;
  }

  /**
   * What is kept; null while it is locked, where nothing can be kept, where the keyring does not open the key, and where the
   * folder of the transcripts is not there.
   */
  get projects(): Projects | null {
    return this.opened;
  }

  /** The folder of the transcripts, and whether the person chose it; null where nothing is kept. */
  get folder(): { readonly path: string; readonly chosen: boolean } | null {
    return this.opened && { path: this.place.folder, chosen: this.place.isChosen };
  }

  /** The folder of the transcripts when it is not there, so that nothing can be read or kept; else null. */
  get missing(): string | null {
    return this.place.isThere ? null : this.place.folder;
  }

  get protection(): AppState['protection'] {
    if (this.sealed !== null) return 'passphrase';
    return this.key ? 'keyring' : 'none';
  }

  /** Whether a passphrase is needed to go on. */
  get locked(): boolean {
    return this.sealed !== null && this.key === null;
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
      await writeFileAtomically(join(this.home, SEALED_FILE), Buffer.from(sealed));
      await this.giveUpKeyring();
      this.sealed = sealed;
      this.use(key);
      return;
    }
    if (this.keyring) {
      await writeFileAtomically(join(this.home, KEYRING_FILE), this.keyring.encrypt(key.toString('hex')));
      await rm(join(this.home, SEALED_FILE), { force: true });
      this.sealed = null;
    } else await this.erase();
  }

  /**
   * Moves what is kept into a folder; it is copied and compared before anything is removed.
   * @param chosen an empty folder; null for beside the key.
   * @returns whether something could not be removed where it was.
   * @throws UserError `disk`; then everything is where it was.
   */
  async move(chosen: string | null): Promise<{ left: boolean }> {
    if (!this.opened)
      throw new UserError('usage', 'Nothing is kept on the disk here, so there is nothing to move.');
    return this.opened.moveTo(chosen ?? this.home, () => this.place.choose(chosen));
  }

  /** Removes everything that is kept and its key, whether it can be opened or not; what comes then has a new key. */
  async erase(): Promise<void> {
    // What is still to be written would come back otherwise.
    await this.opened?.settled();
    if (this.place.isChosen) await removeFiles(this.place.folder, isKeptFile);
    await rm(this.home, { recursive: true, force: true }).catch((cause: unknown) => {
      throw new UserError(
        'disk',
        'Something could not be removed from the disk; check the permissions of Sotto’s folder.',
        { cause },
      );
    });
    await mkdir(this.home, { recursive: true, mode: 0o700 });
    this.sealed = null;
    this.key = null;
    this.opened = null;
    this.place = await Place.open(this.home);
    await this.openByKeyring();
  }

  /** A key that the keyring could not open may open another day: it is set aside, with what is under it. */
  private async giveUpKeyring(): Promise<void> {
    const path = join(this.home, KEYRING_FILE);
    if (this.key) await rm(path, { force: true });
    else await rename(path, `${path}.old`).catch(() => {});
  }

  private async openByKeyring(): Promise<void> {
    if (!this.keyring) return;
    const path = join(this.home, KEYRING_FILE);
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
    this.opened = this.place.isThere ? new Projects(this.place.folder, key) : null;
  }
}

/** Of a host that keeps nothing on the disk. */
export const NOTHING_KEPT: Keeping = {
  projects: null,
  folder: null,
  missing: null,
  protection: 'none',
  locked: false,
  unlock: async () => {},
  protect: async () => {
    throw new UserError('usage', 'A passphrase can only be set in Sotto’s own window.');
  },
  move: async () => {
    throw new UserError('usage', 'Nothing is kept on the disk here, so there is nothing to move.');
  },
  erase: async () => {},
};
