import type { DetectedSpan } from '../detector.ts';
import { isNumberWord, wholeNumber } from '../numerals.ts';
import { Phrases, wordSet } from '../phrases.ts';
import { type Reading, ruleSpan } from './reading.ts';

const unitsAfterAge = wordSet(`
  percent minutes minute hours hour days day weeks week months miles mile feet foot of kilometers km meters pounds kilos dollars bucks
  points times people hundred thousand million seconds pages blocks inches degrees steps per and-a-half o'clock am pm st nd rd th
`);
const selves = wordSet("i'm i am he's she's im he's");
/** Questions whose answer is an age. */
const asked = new Phrases<true>().add(
  [
    'how old are you',
    'how old is',
    'how old was',
    'how old were you',
    "how old's",
    'what is your age',
    "what's your age",
    'your age',
    'what age',
  ],
  true,
);
const weekdays = wordSet('monday tuesday wednesday thursday friday saturday sunday');
const aged = wordSet('aged age ages turned turning turns');

/** Ages: "I'm 34", "thirty four years old", "a 12-year-old", "aged 40", "in her fifties". */
export function recogniseAges({ tokens }: Reading): DetectedSpan[] {
  const spans: DetectedSpan[] = [];
  const key = (i: number) => tokens[i]?.key ?? '';
  const add = (from: number, to: number, rule: string, score: number) =>
    spans.push(ruleSpan(from, to, 'AGE', rule, score));
  for (let i = 0; i < tokens.length; i++) {
    const { core } = tokens[i]!;
    if (
      !/\d/.test(core) &&
      !/-olds?$|(?:ties|teens)$/.test(key(i)) &&
      !isNumberWord(key(i)) &&
      key(i) !== 'a'
    )
      continue;
    if (
      /^\d{1,3}[-–]?(?:years?|yrs?|months?|weeks?)?[-–](?:year|yr|month|week)s?[-–]olds?$/i.test(core) ||
      /^(?:[a-z]+-)?[a-z]+-(?:year|month|week)s?-olds?$/i.test(core) ||
      /^\d{1,3}(?:yo|y\/o)$/i.test(core)
    ) {
      add(i, i + 1, 'years old', 0.95);
      continue;
    }
    const number = wholeNumber(tokens, i);
    if (number && number.value <= 125) {
      let end = number.to;
      const half = key(end) === 'and' && key(end + 1) === 'a' && key(end + 2) === 'half' ? 3 : 0;
      const unit = /^(?:years?|yrs?|months?|weeks?|days?)(?:-olds?)?$/.test(key(end + half)) ? 1 : 0;
      if (
        unit === 1 &&
        (/-olds?$/.test(key(end + half)) ||
          /^(?:olds?|young)$/.test(key(end + half + 1)) ||
          /^of age$/.test(`${key(end + half + 1)} ${key(end + half + 2)}`))
      ) {
        end += half + 1 + (/-old/.test(key(end + half)) ? 0 : key(end + half + 1) === 'of' ? 2 : 1);
        add(i, end, 'years old', 0.95);
        i = end - 1;
        continue;
      }
      if (/^(?:yo|y\/o|y\.o)$/.test(key(end))) {
        add(i, end + 1, 'years old', 0.9);
        continue;
      }
      const before = key(i - 1);
      const beforeThat = key(i - 2);
      const next = key(end);
      // A noun after the number makes it a count: nouns of measure are listed, others show by their plural.
      const stands =
        next === '' ||
        /[.,;!?)]/.test(tokens[end - 1]!.after) ||
        !(unitsAfterAge.has(next) || /[^s]s$/.test(next)) ||
        /^(?:yes|thanks|this|always|perhaps|was|is)$/.test(next);
      const is = /^(?:is|of|was|at|about|around|:|=)$/.test(before);
      if (aged.has(before) || (is && aged.has(beforeThat))) {
        if (!/^[%$]|%$/.test(core) && !/^(?:percent|dollars)$/.test(next)) add(i, end, 'after "age"', 0.9);
      } else if (stands && number.value >= 5 && number.value <= 110 && /^[^$€£%]*$/.test(core)) {
        const self =
          selves.has(before) ||
          /^(?:i am|i was|he is|she is|he was|she was|i'm only|i'm just|i'm about|i'm almost|i'm nearly|am only)$/.test(
            `${beforeThat} ${before}`,
          ) ||
          /^(?:i'll be|he'll be|she'll be|will be turning|to turn|i'll turn|she'll turn|he'll turn)$/.test(
            `${beforeThat} ${before}`,
          ) ||
          asked.before(tokens, i, 6) !== undefined;
        const relative =
          /^(?:son|daughter|wife|husband|mother|father|mom|mum|dad|brother|sister|kid|boy|girl)$/.test(
            beforeThat,
          ) && /^(?:is|was)$/.test(before);
        // "Troy's forty three on Sunday", "male, about ninety five"
        const birthday = tokens[i - 1]?.possessive === true && next === 'on' && weekdays.has(key(end + 1));
        const described = [
          before,
          /^(?:about|around|approximately|roughly|maybe)$/.test(before) ? beforeThat : '',
        ].some((word) => /^(?:male|female)$/.test(word));
        if (self || relative || birthday || described) add(i, end, 'said of a person', 0.75);
      }
    }
    if (
      /^(?:\d0s|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|teens)$/.test(key(i)) &&
      /^(?:my|his|her|their|your)$/.test(key(/^(?:early|mid|late)$/.test(key(i - 1)) ? i - 2 : i - 1))
    )
      add(i, i + 1, 'decade of life', 0.7);
  }
  return spans;
}
