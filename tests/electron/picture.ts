import { spawnSync } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../runtime.ts';
import { openWindow } from './window.ts';

/**
 * Takes the README's picture of the window from a real run of the app: `npx tsx tests/electron/picture.ts`. It needs
 * an Electron as the tests do, and ImageMagick's `convert` to make the file small.
 */
const PICTURE = join(ROOT, 'renderer', 'window.png');
const NAME = 'Intake call.ogg';

const window = await openWindow();
try {
  const { page, folder } = window;
  await mkdir(folder, { recursive: true });
  await copyFile(join(ROOT, 'tests', 'fixtures', 'window', 'interview.ogg'), join(folder, NAME));
  await page.setViewportSize({ width: 1180, height: 780 });
  await window.drop(join(folder, NAME));
  await window.review(NAME);
  const transcript = page.getByRole('group', { name: /^Transcript/ });
  await transcript.getByText('dose', { exact: true }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await transcript
    .getByRole('button', { name: /^PERSON_1/ })
    .first()
    .click();
  await page.mouse.move(600, 700);
  await page.screenshot({ path: PICTURE });
} finally {
  await window.close();
}
const small = spawnSync('convert', [PICTURE, '-strip', '+dither', '-colors', '255', PICTURE]);
if (small.status !== 0) throw new Error('ImageMagick could not make the picture smaller.');
