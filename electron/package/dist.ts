import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type GivenElectron, packageConfig } from './config.ts';

/**
 * `npm run dist`: packages for this computer's system, an AppImage and its unpacked folder on Linux.
 * `npm run dist -- deb rpm` makes others, `-- dir` the folder alone, `--output FOLDER` puts them elsewhere.
 * Electron comes from SOTTO_ELECTRON or ELECTRON_OVERRIDE_DIST_PATH where one is set, otherwise it is downloaded.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { output: { type: 'string' } },
});

const given = givenElectron();
if (given)
  console.log(`Packages with Electron ${given.version} from ${given.folder}; only package.json’s may ship.`);
const tools = given ? `${given.folder}.appimage-tools` : null;
if (tools && existsSync(tools)) process.env.APPIMAGE_TOOLS_PATH ??= tools;

// Under Vitest electron-builder links files instead of copying them, and would change the given Electron itself.
delete process.env.VITEST;
process.env.USE_HARD_LINKS = 'false';
const { build, Platform } = await import('electron-builder');

const config = packageConfig(given, process.env.APPIMAGE_TOOLS_PATH !== undefined);
try {
  await build({
    targets: Platform.current().createTarget(positionals.length > 0 ? positionals : null),
    config: {
      ...config,
      ...(values.output && { directories: { ...config.directories, output: values.output } }),
    },
  });
} catch (error) {
  console.error(`No package was made: ${error instanceof Error ? error.message : String(error)}`);
  console.error(
    'Where GitHub cannot be reached, name an Electron that is there in SOTTO_ELECTRON and what else is needed as the README’s “Packages” says.',
  );
  process.exitCode = 1;
}

function givenElectron(): GivenElectron | null {
  const { SOTTO_ELECTRON, ELECTRON_OVERRIDE_DIST_PATH } = process.env;
  const folder = SOTTO_ELECTRON ? dirname(SOTTO_ELECTRON) : ELECTRON_OVERRIDE_DIST_PATH;
  if (!folder) return null;
  return { folder, version: readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '') };
}
