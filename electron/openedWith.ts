import { resolve } from 'node:path';

/**
 * The files and folders that Sotto was started with, as a file manager's “Open with” and a shell do.
 * @param program what the command line names before them: the app's folder in a checkout, null in a package.
 * @param from the folder that relative paths begin at.
 */
export function openedWith(argv: readonly string[], program: string | null, from: string): string[] {
  const own = program === null ? 0 : argv.findIndex((argument) => resolve(from, argument) === program);
  if (own < 0) return [];
  return argv
    .slice(own + 1)
    .filter((argument) => argument !== '' && !argument.startsWith('-'))
    .map((path) => resolve(from, path));
}
