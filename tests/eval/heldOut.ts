import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { SHARED } from '../recordings/corpus.ts';
import { ROOT } from '../runtime.ts';
import { pythonEnvironment } from './pythonEnvironment.ts';

/** Texts of one source in one form. */
export interface HeldOutSet {
  readonly name: string;
  readonly form: 'as written' | 'lower case' | 'recogniser form';
  /** Path of lines that `readExamples` reads. */
  readonly file: string;
  readonly note: string;
  /** Not all its values are labelled, so that precision says nothing. */
  readonly partly: boolean;
}

/** The set whose people are counted by the origin of their names. */
export const BY_ORIGIN = 'by origin';
/** The set of generated conversations. */
export const GENERATED = 'generated';

const FOLDER = join(ROOT, '.work/eval/heldout');

/**
 * The texts that no training has seen, written anew by models/training/redactor/heldout.py from ../shared.
 * @param seed draws other generated texts from the same held-out templates and names; '' is the draw of redaction.md.
 * @throws UserError where ../shared or Python is missing.
 */
export function heldOutSets(seed = ''): HeldOutSet[] {
  if (!existsSync(join(SHARED, 'ner')))
    throw new UserError(
      'not-found',
      `The held-out texts are made from ${join(SHARED, 'ner')}, which is not there; put shared beside the checkout, or name a file of your own: npm run eval:redaction -- FILE.jsonl.`,
    );
  const script = join(ROOT, 'models/training/redactor/heldout.py');
  const { status } = spawnSync(
    pythonEnvironment(),
    [script, '--shared', SHARED, '--out', FOLDER, '--seed', seed],
    {
      stdio: ['ignore', 2, 2],
    },
  );
  if (status !== 0)
    throw new UserError(
      'not-found',
      `${script} could not write the held-out texts; its message stands above.`,
    );
  const sets = JSON.parse(readFileSync(join(FOLDER, 'sets.json'), 'utf8')) as HeldOutSet[];
  return sets.map((set) => ({ ...set, file: join(FOLDER, set.file) }));
}
