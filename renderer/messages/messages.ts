import type { Settings } from '../../electron/contract.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

export type Messages = typeof en;

/** The interface's words in its language. The whole interface is drawn anew when it changes: see `app.tsx`. */
export let m: Messages = en;
/** BCP 47 tag of that language, for times, numbers and names of languages. */
export let locale: 'en' | 'zh-Hans' = 'en';

/** Sets the language; `system` takes the first of the computer's languages that there is, or English. */
export function setLanguage(choice: Settings['interfaceLanguage'], system: readonly string[]): void {
  const known = system
    .map((tag) => tag.slice(0, 2).toLowerCase())
    .find((tag) => tag === 'en' || tag === 'zh');
  const chinese = choice === 'zh' || (choice === 'system' && known === 'zh');
  m = chinese ? zh : en;
  locale = chinese ? 'zh-Hans' : 'en';
}
