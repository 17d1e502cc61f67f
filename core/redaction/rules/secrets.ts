import type { Label } from '../../transcript/schema.ts';
import type { DetectedSpan } from '../detector.ts';
import { nameLists } from '../names/lists.ts';
import { Phrases, wordSet } from '../phrases.ts';
import { type Reading, ruleSpan } from './reading.ts';

interface SecretWord {
  readonly label: Label;
  readonly rule: string;
}

const secretWords = new Phrases<SecretWord>()
  .add(
    [
      'password',
      'passwords',
      'passcode',
      'pass code',
      'passphrase',
      'pass phrase',
      'pass word',
      'pin',
      'pin code',
      'passwort',
      'wifi key',
      'wi-fi key',
      'api key',
      'secret key',
      'access key',
      'secret',
      'security answer',
      'secret word',
      'safe word',
      'code word',
      'api token',
      'access token',
      'token',
    ],
    { label: 'CREDENTIAL', rule: 'after a password word' },
  )
  .add(['username', 'user name', 'user id', 'login', 'log in', 'login id'], {
    label: 'CREDENTIAL',
    rule: 'after a user name word',
  })
  .add(['upi', 'upi id', 'u p i', 'u p i id', 'vpa'], { label: 'BANK', rule: 'payment address' })
  .add(
    [
      'handle',
      'screen name',
      'gamertag',
      'skype',
      'discord',
      'snapchat',
      'snap',
      'telegram',
      'instagram',
      'insta',
      'tiktok',
    ]
      .concat([
        'twitter',
        'twitter handle',
        'instagram handle',
        'github handle',
        'github',
        'mastodon',
        'linkedin',
        'facebook',
      ])
      .concat([
        'instagram name',
        'twitter name',
        'discord name',
        'x handle',
        'reddit',
        'twitch',
        'youtube channel',
        'tik tok',
      ]),
    { label: 'URL', rule: 'handle' },
  );
/** Services that are spoken of for their own sake: a handle follows only after "my", or after "find me on ... at". */
const services = wordSet(
  'discord snapchat snap telegram instagram insta tiktok twitter github mastodon linkedin facebook reddit twitch tok skype channel',
);
const owners = wordSet('my his her our your their');
const copulas = wordSet("is was equals are be to as it's");
/** What is said of a password instead of one. */
const notSecret = wordSet(`
  a an the not wrong right correct incorrect invalid expired required needed stored saved weak strong long short too very so that this what which
  protected reset changed going being been set sent encrypted hashed hidden on in at for from by to of and or but if when you your my our their
  his her its it i we they he she there here still just now always never also already only more less same different important case really
  something anything nothing available unknown known good bad great fine okay ok empty blank missing used shared manager policy field
  actually basically like kind about because how why where who will would can could should must may might do does did has have had get got
  optional secure safe based issued valid enough work working works up down out off all one
`);

/** "the password is hunter two", "password: tr0ub4dor", "user name is jsmith forty two", "my instagram is at jane doe". */
export function recogniseSecrets(reading: Reading): DetectedSpan[] {
  const { tokens, glyphs, glyphOf } = reading;
  const spans: DetectedSpan[] = [];
  const key = (i: number) => tokens[i]?.key ?? '';
  const { words } = nameLists();
  for (let i = 0; i < tokens.length; i++) {
    const spoken = spokenAsSecret(reading, i);
    if (spoken) spans.push(spoken);
    const found = secretWords.at(tokens, i);
    if (!found) continue;
    const { label, rule } = found.value;
    let at = found.to;
    const colon = /[:=]$/.test(tokens[at - 1]!.after);
    if (/^(?:for|to|on)$/.test(key(at))) {
      // "the password for the portal is"
      let skip = at + 1;
      while (skip < Math.min(tokens.length, at + 7) && !/^(?:is|was)$/.test(key(skip))) skip++;
      if (/^(?:is|was)$/.test(key(skip))) at = skip;
    }
    // "password's sunshine"
    const short = tokens[at - 1]!.possessive && (words.get(key(at))?.lower ?? -1) < 6;
    const copula = copulas.has(key(at)) || /^[:=]$/.test(tokens[at]?.text ?? '');
    // "use the password hunter two to log in"
    const used = tokens
      .slice(Math.max(0, i - 3), i)
      .some((token) => /^(?:use|using|enter|type|try|with)$/.test(token.key));
    const onService =
      rule === 'handle' && key(i - 1) === 'on' && /^(?:me|us|him|her|i'm|am|we're|are)$/.test(key(i - 2));
    const told = onService
      ? /^(?:at|as|under|is)$/.test(key(at))
      : colon || copula || short || (used && rule !== 'handle');
    const ownService = !services.has(key(found.to - 1)) || colon || owners.has(key(i - 1)) || onService;
    if (!told || !ownService) {
      i = found.to - 1;
      continue;
    }
    if (!colon && (copula || onService)) at++;
    if (rule !== 'after a password word' && (key(at) === 'at' || tokens[at]?.text === '@')) at++;
    while (
      glyphs[glyphOf[at] ?? -1]?.kind === 'filler' ||
      (/^(?:capital|uppercase|lowercase|all|one|the)$/.test(key(at)) &&
        /^(?:letter|word|lowercase|uppercase|caps)$/.test(key(at + 1)))
    )
      at++;
    const first = tokens[at];
    if (!first || (notSecret.has(first.key) && first.casing !== 'mixed')) continue;
    const to = valueEnd(reading, at);
    // The "at" before a handle is said as a part of it.
    const sign = key(at - 1) === 'at' && rule !== 'after a password word' ? 1 : 0;
    spans.push(ruleSpan(at - sign, to, label, rule, 0.85));
    i = to - 1;
  }
  return spans;
}

/** "blue42horse as the password": a word of letters and figures before what it is. */
function spokenAsSecret({ tokens, glyphs, glyphOf }: Reading, i: number): DetectedSpan | undefined {
  if (tokens[i]!.key !== 'as' || i === 0) return undefined;
  const named = /^(?:the|my|your|a|our|his|her)$/.test(tokens[i + 1]?.key ?? '') ? i + 2 : i + 1;
  if (secretWords.at(tokens, named)?.value.label !== 'CREDENTIAL') return undefined;
  const item = glyphs[glyphOf[i - 1]!]!;
  return item.kind === 'code'
    ? ruleSpan(item.from, item.to, 'CREDENTIAL', 'before a password word', 0.85)
    : undefined;
}

/** End of a secret that begins at `at`: digits, letters, marks and rare words, until the sentence goes on. */
function valueEnd({ tokens, glyphs, glyphOf }: Reading, at: number): number {
  const { words } = nameLists();
  let to = glyphs[glyphOf[at]!]!.to;
  while (to < tokens.length && to - at < 40 && !/[.?!;]$/.test(tokens[to - 1]!.after)) {
    const item = glyphs[glyphOf[to]!]!;
    const { key } = tokens[to]!;
    const common = notSecret.has(key) || (words.get(key)?.lower ?? -1) >= 6;
    const sign =
      /^(?:exclamation|dollar|percent|question|ampersand|asterisk|pound|capital|uppercase|lowercase|caret|bang|sign|mark|symbol)$/.test(
        key,
      );
    const part =
      /^(?:digit|pair|magnitude|written|letter|code|mark|filler)$/.test(item.kind) &&
      !(
        item.kind === 'letter' &&
        /^[ai]$/.test(key) &&
        !/^(?:letter|digit)$/.test(glyphs[glyphOf[to - 1]!]!.kind)
      );
    const joined = glyphs[glyphOf[to - 1]!]!.kind === 'mark';
    if (!sign && !part && !joined && (common || to - at >= 5)) break;
    to = Math.max(item.to, to + 1);
  }
  return to;
}
