import { join } from 'node:path';

/** The program's own folder, two above the bundle in `dist/node`. */
export const PROGRAM_FOLDER = join(__dirname, '..', '..');
export const RENDERER_FOLDER = join(PROGRAM_FOLDER, 'dist', 'renderer');
export const PRELOAD_FILE = join(PROGRAM_FOLDER, 'dist', 'preload', 'preload.cjs');
export const ENGINE_FILE = join(__dirname, 'engine.cjs');
