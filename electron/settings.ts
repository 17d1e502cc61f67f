import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DEFAULT_SETTINGS, type Settings, settingsSchema } from './settingsSchema.ts';

/** The person's settings in a small JSON file; a missing or damaged file gives the defaults. */
export class SettingsFile {
  private constructor(
    private readonly path: string,
    private settings: Settings,
  ) {}

  static async open(path: string): Promise<SettingsFile> {
    const text = await readFile(path, 'utf8').catch(() => '{}');
    return new SettingsFile(path, parse(text));
  }

  get current(): Settings {
    return this.settings;
  }

  async change(settings: Settings): Promise<void> {
    this.settings = settings;
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
    await writeFile(`${this.path}.part`, JSON.stringify(settings, null, 2), { mode: 0o600 });
    await rename(`${this.path}.part`, this.path);
  }
}

function parse(text: string): Settings {
  try {
    return settingsSchema.parse({ ...DEFAULT_SETTINGS, ...JSON.parse(text) });
  } catch {
    return DEFAULT_SETTINGS;
  }
}
