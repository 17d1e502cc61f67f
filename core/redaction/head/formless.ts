import type { Label } from '../../transcript/schema.ts';
import { isNumberWord } from '../numerals.ts';
import { wordSet } from '../phrases.ts';
import { isFiller } from '../spoken.ts';
import type { Token } from '../tokens.ts';

/** Words that stand beside values and are none: the head takes them along now and then. */
const BESIDE = wordSet(`
  a an the and or of in on at to for from by with as is it its it's this that my your his her our their i you we he she they me us
  one go see look know mean like so well no not yes write send
  call text dial extension number digit digits code password card account then capital hash swift ward dot
  question exclamation mark comma colon semicolon period stop bracket quote sign`);
const NUMBERED: ReadonlySet<Label> = new Set(['PHONE', 'CARD', 'BANK']);
/** Figures that a number of a kind has at least: the end of a card's, an extension, a door's code. Less tells nobody anything. */
const LEAST_FIGURES: Partial<Record<Label, number>> = {
  CARD: 4,
  BANK: 4,
  PHONE: 2,
  ID_NUMBER: 4,
  CREDENTIAL: 3,
};

/** What is said near a handle or an address on the web. */
const WEB = wordSet(`
  handle handles username user account accounts profile insta instagram twitter tiktok discord snapchat snap telegram github gitlab reddit
  twitch youtube facebook linkedin mastodon skype whatsapp spotify pinterest tumblr bluesky site website page homepage link url web online
  blog channel podcast stream follow follows find dm tag tagged add subscribe login dot slash www http https at hyphen dash underscore com org
  net io app server repo gamertag nick nickname screen name hashtag hash visit browse google search`);
const CLOCK = wordSet('at till until til around about by before after from past between since');

/** Whether nothing in a word could belong to a number: no figure, no number word, no single letter, no phonetic "as in". */
function isNumberless({ key }: Token): boolean {
  return (
    !/\d|^[a-z]$|^(?:[a-z]-)+[a-z]$/.test(key) && !key.split('-').some(isNumberWord) && !ORDINAL.test(key)
  );
}
const ORDINAL =
  /^(?:oh|nought|double|triple|first|second|third|\w+(?:th|ieth)|hundred|thousand|star|plus|hyphen|dash|slash)$/;

/**
 * Whether a span that the head takes for structured data has nothing of its form: words that stand beside such values, a
 * telephone number without a number, a time of day for a date, "six" of "six digit code", a year "BC".
 * @param to one past the span's last token, in `tokens`.
 */
export function isFormless(label: Label, tokens: readonly Token[], from: number, to: number): boolean {
  const span = tokens.slice(from, to);
  if (label === 'PERSON' || label === 'ORG' || label === 'LOCATION' || label === 'NRP') return false;
  if (span.every(({ key }) => key === '' || BESIDE.has(key) || isFiller(key))) return true;
  if (NUMBERED.has(label) && span.every(isNumberless)) return true;
  if (span.every(isFigures) && figuresAround(tokens, from, to) < (LEAST_FIGURES[label] ?? 0)) return true;
  if (
    label === 'AGE' &&
    span.every((token) => isNumberless(token) && !/year|old|teen|ties$|month/.test(token.key))
  )
    return true;
  if (label === 'CREDENTIAL' && to - from === 1 && isNumberWord(span[0]!.key))
    return /^(?:digits?|figures?|characters?|letters?|numbers?)$/.test(tokens[to]?.key ?? '');
  // "An august body".
  if (/^DATE/.test(label) && to - from === 1 && span[0]!.key === 'august')
    return /^(?:an|so|very|most)$/.test(tokens[from - 1]?.key ?? '');
  if (label === 'URL' && span.every(isNumberless) && !/[.@/_:-]/.test(span.map(({ core }) => core).join('')))
    return !tokens.slice(Math.max(0, from - 10), to + 10).some(({ key }) => WEB.has(key));
  if (label === 'DATE' || label === 'ADDRESS') {
    const ancient = /^b\.?c\.?(?:e\.?)?$/;
    if (ancient.test(span[span.length - 1]!.key) || ancient.test(tokens[to]?.key ?? '')) return true;
  }
  return label === 'DATE' && isTimeOfDay(tokens, from, to);
}

function isFigures({ key }: Token): boolean {
  return /^\d+$/.test(key) || isNumberWord(key) || /^(?:oh|hundred|thousand|double|triple)$/.test(key);
}

/** How many figures the numbers have at most that stand together with a span: "three hundred" has three, "double" adds one. */
function figuresAround(tokens: readonly Token[], from: number, to: number): number {
  while (from > 0 && isFigures(tokens[from - 1]!)) from--;
  while (to < tokens.length && isFigures(tokens[to]!)) to++;
  return tokens
    .slice(from, to)
    .reduce(
      (sum, { key }) =>
        sum +
        (/^\d+$/.test(key)
          ? key.length
          : /hundred|thousand|triple|teen$|ty(?:-|$)|^ten$|^eleven$|^twelve$/.test(key)
            ? 2
            : 1),
      0,
    );
}

/** "Till seven forty five", "at two fifteen": one or two numbers of the clock after a word that such times follow. */
function isTimeOfDay(tokens: readonly Token[], from: number, to: number): boolean {
  const before = [tokens[from - 1], tokens[from - 2], tokens[from - 3]].map((token) => token?.key ?? '');
  // The head may take only the hour, or only the minutes.
  const first = before.findIndex((key) => !isNumberWord(key));
  if (first < 0 || !CLOCK.has(before[first]!) || before[first + 1] === 'born') return false;
  const said = tokens.slice(from, to).map(({ key }) => key);
  return to - from <= 3 && said.every((key) => isNumberWord(key) && !/^(?:hundred|thousand)$/.test(key));
}
