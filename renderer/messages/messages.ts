import { en } from './en.ts';

export type Messages = typeof en;

/** The interface's words in its language; set once before the first paint and again when the person changes it. */
export const m: Messages = en;
/** BCP 47 tag of that language, for times, numbers and names of languages. */
export const locale = 'en';
