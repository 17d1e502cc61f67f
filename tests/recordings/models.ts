import { resolve } from 'node:path';

/** The packs that ship. */
export const MODELS = resolve(import.meta.dirname, '../../models');
