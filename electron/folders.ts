import { dirname, join } from 'node:path';

/** The program's own folder, two above the bundle in `dist/node`. */
export const PROGRAM_FOLDER = join(__dirname, '..', '..');
/** In a package the models lie beside the archive: ONNX Runtime reads them by itself and knows no asar. */
export const MODELS_FOLDER = join(
  PROGRAM_FOLDER.endsWith('.asar') ? dirname(PROGRAM_FOLDER) : PROGRAM_FOLDER,
  'models',
);
export const RENDERER_FOLDER = join(PROGRAM_FOLDER, 'dist', 'renderer');
export const PRELOAD_FILE = join(PROGRAM_FOLDER, 'dist', 'preload', 'preload.cjs');
export const ENGINE_FILE = join(__dirname, 'engine.cjs');
