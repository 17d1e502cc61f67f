import { type Settings, shownLanguage } from '../../electron/contract.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

export type Messages = typeof en;

/** The interface's words in its language. The whole interface is drawn anew when it changes: see `app.tsx`. */
export let m: Messages = en;
/** BCP 47 tag of that language, for times, numbers and names of languages. */
export let locale: 'en' | 'zh-Hans' = 'en';
/** The same as the computer's people write it: days and times differ between places of one language. */
export let region = 'en';

/** Sets the language to show; see `shownLanguage`. */
export function setLanguage(choice: Settings['interfaceLanguage'], system: readonly string[]): void {
  const chinese = shownLanguage(choice, system) === 'zh';
  m = chinese ? zh : en;
  locale = chinese ? 'zh-Hans' : 'en';
  region = (!chinese && system.find((tag) => /^en-/i.test(tag))) || locale;
}
