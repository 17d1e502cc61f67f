import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { UserError } from '../errors.ts';
import { openMap } from '../export/aliasMap.ts';
import { reidentify } from '../export/reidentify.ts';
import { parseOptions } from './options.ts';
import { readPassphrase } from './passphrase.ts';

const USAGE = `Usage: sotto reidentify FILE --map MAP

Prints a redacted text (txt, md, srt, vtt, html, csv or json) with the originals back in it.
MAP is the encrypted file that "sotto --map" or the app wrote with it. The passphrase is asked
for, or read from the environment variable SOTTO_PASSPHRASE. Nothing is written to the disk.
`;

/**
 * Puts the originals back into a redacted text and prints it.
 * @returns the exit code.
 * @throws UserError
 */
export async function runReidentify(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, {
    map: { type: 'string' },
    help: { type: 'boolean', default: false, short: 'h' },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const [file] = positionals;
  if (file === undefined || positionals.length > 1 || values.map === undefined)
    throw new UserError('usage', 'Name one file and its map; see sotto reidentify --help.');
  const bytes = await read(file);
  const sealed = (await read(values.map)).toString('utf8');
  const name = basename(values.map);
  const map = await openMap(sealed, await readPassphrase(`"${name}"`, false), name);
  const { text, exact, fullest, left } = reidentify(bytes, map, basename(file));
  process.stdout.write(text);
  process.stderr.write(`${summary(exact, fullest, left)}\n`);
  return 0;
}

function summary(exact: number, fullest: number, left: number): string {
  const sentences = [`Put back: ${exact + fullest}.`];
  if (fullest > 0)
    sentences.push(
      `In ${fullest} of these places the fullest form stands, since the text is not whole or was changed.`,
    );
  if (left > 0)
    sentences.push(`Left as they are: ${left}, since what stands there stands for several values.`);
  return sentences.join(' ');
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new UserError('not-found', `${path} was not found; check the name and the folder.`, { cause });
  }
}
