import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../runtime.ts';
import { openWindow } from './window.ts';

/**
 * `npm run pictures`: takes the README's pictures of the window anew, from a real run of the app. It needs an Electron as
 * the tests do.
 */
const PICTURES = join(ROOT, 'renderer', 'pictures');
const NAME = 'Intake call.ogg';

const window = await openWindow();
try {
  const { page, folder } = window;
  await mkdir(PICTURES, { recursive: true });
  await copyFile(join(ROOT, 'tests', 'fixtures', 'window', 'interview.ogg'), join(folder, NAME));
  await page.setViewportSize({ width: 1180, height: 780 });
  await page.emulateMedia({ colorScheme: 'light' });
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
  await page.screenshot({ path: join(PICTURES, 'review.png') });

  await page.keyboard.press('Control+e');
  await page.locator('.preview-text').waitFor();
  await page.screenshot({ path: join(PICTURES, 'export.png') });
} finally {
  await window.close();
}
