import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../errors.ts';

/**
 * The `models` folder that ships with the program: the nearest one at or above the running script.
 * @throws UserError `pack-damaged` when there is none.
 */
export function modelsDirectory(script: string): string {
  for (let folder = dirname(realpathSync(script)); ; folder = dirname(folder)) {
    const models = join(folder, 'models');
    if (existsSync(join(models, 'vad', 'manifest.json'))) return models;
    if (folder === dirname(folder))
      throw new UserError(
        'pack-damaged',
        'The folder "models" that belongs to Sotto is missing; install Sotto again.',
      );
  }
}
