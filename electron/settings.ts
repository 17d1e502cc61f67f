import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeFileAtomically } from '../core/export/atomicFile.ts';
import { POLICY_NAMES } from '../core/redaction/policy.ts';
import { DEFAULT_SETTINGS, type PersonalSettings, type Settings, settingsSchema } from './settingsSchema.ts';
import type { Keeping } from './vault.ts';

type Lists = Pick<Settings, 'policies' | 'alwaysMask' | 'neverMask'>;

/**
 * The person's settings: a small JSON file, and what is personal of them sealed with the transcripts. A missing or damaged
 * file gives the defaults. Where nothing can be sealed, the personal part ends with the program.
 */
export class SettingsFile {
  /** Changes are written one after another. */
  private written: Promise<void> = Promise.resolve();

  /** @param inClear what is personal in the file, as the first versions wrote it; null when there is nothing. */
  private constructor(
    private readonly path: string,
    private readonly vault: Pick<Keeping, 'projects'>,
    private settings: Settings,
    private inClear: Lists | null,
  ) {}

  static async open(path: string, vault: Pick<Keeping, 'projects'>): Promise<SettingsFile> {
    const settings = parse(await readFile(path, 'utf8').catch(() => '{}'));
    const lists = listsOf(settings);
    return new SettingsFile(path, vault, settings, isEmpty(lists) ? null : lists);
  }

  get current(): Settings {
    return this.settings;
  }

  /** Takes up what is sealed, when the vault is open; what the file holds in clear is sealed then. @throws UserError `disk` */
  async openPersonal(): Promise<void> {
    const kept = (await this.vault.projects?.settings()) ?? null;
    if (kept) this.settings = joined(this.settings, kept);
    if (this.vault.projects && this.inClear) await this.change(this.settings);
  }

  /** @throws UserError `disk` */
  change(settings: Settings): Promise<void> {
    this.settings = settings;
    const done = this.written.then(() => this.write(settings));
    this.written = done.catch(() => {});
    return done;
  }

  /** Everything that was kept is gone, and so are the settings. @throws UserError `disk` */
  async forget(): Promise<void> {
    this.inClear = null;
    await this.change(DEFAULT_SETTINGS);
  }

  private async write(settings: Settings): Promise<void> {
    const { projects } = this.vault;
    const { policies, alwaysMask, neverMask, policy, ...open } = settings;
    if (projects) {
      const ownPolicy = isPreset(policy) ? null : policy;
      await projects.saveSettings({ policies, alwaysMask, neverMask, ownPolicy });
      this.inClear = null;
    }
    const readable = isPreset(policy) || this.inClear?.policies.some(({ name }) => name === policy);
    // Without the person's own policies rather everything is masked than less.
    const written = { ...open, policy: readable ? policy : 'strict', ...this.inClear };
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
    await writeFileAtomically(this.path, Buffer.from(JSON.stringify(written, null, 2)));
  }
}

function isPreset(policy: string): boolean {
  return POLICY_NAMES.some((name) => name === policy);
}

function listsOf({ policies, alwaysMask, neverMask }: Settings): Lists {
  return { policies, alwaysMask, neverMask };
}

function isEmpty(lists: Lists): boolean {
  return Object.values(lists).every((list) => list.length === 0);
}

function joined(settings: Settings, { ownPolicy, ...lists }: PersonalSettings): Settings {
  const own = lists.policies.some(({ name }) => name === ownPolicy);
  return { ...settings, ...lists, ...(own && ownPolicy !== null ? { policy: ownPolicy } : {}) };
}

function parse(text: string): Settings {
  try {
    return settingsSchema.parse({ ...DEFAULT_SETTINGS, ...JSON.parse(text) });
  } catch {
    return DEFAULT_SETTINGS;
  }
}
