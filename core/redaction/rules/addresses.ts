import type { DetectedSpan } from '../detector.ts';
import { nameLists } from '../names/lists.ts';
import { ordinal, wholeNumber } from '../numerals.ts';
import {
  compound,
  directions,
  leadingTypes,
  residence,
  sentence,
  states,
  streetTypes,
  units,
  wordyTypes,
} from './addressWords.ts';
import { type Reading, ruleSpan } from './reading.ts';

/** Street addresses, flats, post office boxes and what follows them: town, region, postal code. */
export function recogniseAddresses(reading: Reading): DetectedSpan[] {
  const { tokens, glyphs, glyphOf } = reading;
  const lists = nameLists();
  const spans: DetectedSpan[] = [];
  const key = (i: number) => tokens[i]?.key.replace(/\.$/, '') ?? '';
  const stops = (i: number) =>
    /[.?!;]$/.test(tokens[i]!.after) &&
    !/^(?:st|ave|rd|apt|no|str|dr|blvd|ln|ct|ste|ul|n|s|e|w|av|pl|sq|hwy|fl|mt|u)$/.test(key(i));
  /** Hauptstrasse, not delivering: an English word is no compound of a street. */
  const isCompound = (word: string) => word.length > 6 && compound.test(word) && !lists.words.has(word);
  const common = (i: number) => (lists.words.get(key(i))?.lower ?? -1) >= 4;
  const capital = (i: number) => /^(?:initial|upper)$/.test(tokens[i]?.casing ?? '');
  /** End of a house number at i, or 0: 12, 12b, 12-14, one twenty three, four oh two, forty-two. */
  const houseNumber = (i: number): number => {
    if (/^\d{1,6}[a-z]?(?:[-/]\d{1,5}[a-z]?)?$/.test(key(i)) && !/[%$€£]/.test(tokens[i]!.text)) return i + 1;
    const whole = wholeNumber(tokens, i);
    let end = whole ? whole.to : 0;
    let at = i;
    while (at < tokens.length && at - i < 7) {
      const item = glyphs[glyphOf[at]!]!;
      if (!/^(?:digit|pair|magnitude|written)$/.test(item.kind) || item.from < at) break;
      at = item.to;
    }
    end = Math.max(end, at > i ? at : 0);
    if (end > 0 && /^[a-d]$/.test(key(end)) && !common(end + 1)) end++;
    return end;
  };
  /** End of the street that begins with its name at i (after a number), or 0. */
  const street = (i: number): number => {
    // A one way street, a two way radio.
    if (key(i) === 'way') return 0;
    // "One tiny way": a single small number counts more often than it numbers a house.
    const counted =
      i > 0 &&
      /^(?:one|two|three|four|five|six|seven|eight|nine|ten|\d)$/.test(key(i - 1)) &&
      !/^(?:digit|pair|magnitude)$/.test(glyphs[glyphOf[i - 1]! - 1]?.kind ?? '') &&
      glyphs[glyphOf[i - 1]!]!.kind !== 'pair';
    for (let end = i; end < Math.min(tokens.length, i + 6); end++) {
      const word = key(end);
      if (end > i || directions.has(word)) {
        const named = end > i && (streetTypes.has(word) || wordyTypes.has(word) || isCompound(word));
        if (named) {
          const wordy = wordyTypes.has(word);
          const good =
            (!wordy && !(counted && common(end - 1) && !capital(end) && end - i > 1)) ||
            capital(end) ||
            !common(end - 1) ||
            (lists.surnames.has(key(end - 1)) && end - i === 1 && capital(end - 1)) ||
            residence.before(tokens, i, 6) !== undefined;
          const st = word === 'st' && end === i;
          // Maple Grove Court: the last of two street words ends the name.
          const goesOn =
            end + 1 < i + 6 &&
            /^[^.,;!?]*$/.test(tokens[end]!.after) &&
            (streetTypes.has(key(end + 1)) || (wordyTypes.has(key(end + 1)) && capital(end + 1)));
          if (good && !st && !goesOn)
            return directions.has(key(end + 1)) && !stops(end) && key(end + 1).length > 1 ? end + 2 : end + 1;
        }
      } else if (isCompound(word)) return end + 1;
      if (
        sentence.has(word) ||
        !/^[\p{L}\d'.-]+$/u.test(word) ||
        (stops(end) && end > i) ||
        /,$/.test(tokens[end]!.after)
      )
        break;
    }
    return 0;
  };
  const foreignStreet = (i: number): number => {
    if (!leadingTypes.has(key(i))) return 0;
    let end = i + 1;
    while (
      end < Math.min(tokens.length, i + 6) &&
      /^[\p{L}'.-]+$/u.test(key(end)) &&
      !sentence.has(key(end)) &&
      !stops(end - 1)
    ) {
      if (/,$/.test(tokens[end]!.after)) return end + 1;
      end++;
    }
    return end > i + 1 ? end : 0;
  };
  /** Flat and floor after a street. */
  const unit = (i: number): number => {
    if (/^#\d/.test(tokens[i]?.text ?? '')) return i + 1;
    const rank = ordinal(tokens, i);
    if (rank && /^(?:floor|level|fl)$/.test(key(rank.to))) return rank.to + 1;
    // "B wing", "A block" of Indian addresses.
    if (/^[a-h]$/.test(key(i)) && /^(?:wing|block|tower)$/.test(key(i + 1))) return i + 2;
    if (!units.has(key(i)) && tokens[i]?.text !== '#') return 0;
    const number = houseNumber(i + 1);
    if (number > 0) return number;
    return /^[a-z]?\d*[a-z]?$/.test(key(i + 1)) &&
      key(i + 1) !== '' &&
      key(i + 1) !== 'a' &&
      key(i + 1) !== 'i'
      ? i + 2
      : 0;
  };
  /** Goes on over flat, town, region and postal code. */
  const tail = (from: number): number => {
    let end = from;
    for (let turn = 0; turn < 8 && end < tokens.length; turn++) {
      if (tokens[end - 1]!.segment !== tokens[end]!.segment && turn > 0) break;
      if (stops(end - 1) && !units.has(key(end)) && !/^\d{4,5}/.test(key(end))) break;
      const skip = /^(?:in|and|the)$/.test(key(end)) && key(end) === 'in' ? 1 : 0;
      const flat = unit(end);
      if (flat > 0) {
        end = flat;
        continue;
      }
      const at = end + skip;
      const place = placeEnd(at);
      if (place > at) {
        end = place;
        continue;
      }
      const zip =
        /^\d{5}(?:-\d{4})?$|^\d{4}$/.test(key(at)) || (states.has(key(at - 1)) && /^\d{3,6}$/.test(key(at)));
      if (zip) {
        end = at + 1;
        continue;
      }
      if (
        states.has(key(at)) &&
        (tokens[at]!.casing === 'upper' || /^\d{4,5}/.test(key(at + 1))) &&
        key(at).length > 1
      ) {
        end = at + 1;
        continue;
      }
      const code = reading.codes.find(
        (run) =>
          run.from === at &&
          /^(?:[a-z]{1,2}\d[a-z\d]?\d[a-z]{2}|[a-z]\d[a-z]\d[a-z]\d|\d{4}[a-z]{2})$/.test(run.text),
      );
      const digits = reading.digits.find(
        (run) => run.from === at && (run.text.length === 5 || run.text.length === 9 || run.text.length === 4),
      );
      if (code || digits) {
        end = (code ?? digits)!.to;
        continue;
      }
      break;
    }
    return end;
  };
  const placeEnd = (i: number): number => {
    if (i >= tokens.length) return 0;
    const longest = lists.placeLengths.get(key(i)) ?? 0;
    for (let length = Math.min(longest, 4, tokens.length - i); length > 0; length--) {
      const name = tokens
        .slice(i, i + length)
        .map((token) => token.key.replace(/\.$/, ''))
        .join(' ');
      if (lists.places.has(name) && !(length === 1 && common(i) && !capital(i))) return i + length;
    }
    // A town the list does not know, before a region, a nation or a postal code.
    const known = (n: number) =>
      n < tokens.length &&
      (/^\d{4,5}$/.test(key(n)) ||
        (states.has(key(n)) && (tokens[n]!.casing === 'upper' || /^\d{4,5}$/.test(key(n + 1)))) ||
        (lists.places.get(key(n)) ?? 'c') !== 'c' ||
        lists.placeLengths.get(key(n)) === 3);
    if (!lists.words.has(key(i)) && /^[a-z'-]{4,}$/.test(key(i)) && known(i + 1)) return i + 1;
    // Or capitalised between commas.
    if (
      capital(i) &&
      !common(i) &&
      /,$/.test(tokens[i - 1]?.after ?? '') &&
      (/,$/.test(tokens[i]!.after) || states.has(key(i + 1)))
    )
      return i + 1;
    return 0;
  };
  let i = 0;
  while (i < tokens.length) {
    const found = addressAt(i);
    if (found) {
      spans.push(found);
      i = found.to;
    } else i++;
  }
  return spans;

  function addressAt(i: number): DetectedSpan | undefined {
    // P.O. box 12
    const box =
      /^p\.?o$/.test(key(i)) && key(i + 1) === 'box'
        ? i + 2
        : key(i) === 'p' && key(i + 1) === 'o' && key(i + 2) === 'box'
          ? i + 3
          : key(i) === 'postfach'
            ? i + 1
            : 0;
    if (box > 0) {
      const end = houseNumber(box);
      if (end > 0) return ruleSpan(i, tail(end), 'ADDRESS', 'post office box', 0.95);
    }
    const number = houseNumber(i);
    if (number > 0 && number < tokens.length && !/[.?!]$/.test(tokens[number - 1]!.after)) {
      const end = street(number) || foreignStreet(number);
      // 6750 Koskikatu 25: a box or plot before a street and number.
      const plot = end > 0 && isCompound(key(end - 1)) && /^\d{1,4}[a-z]?$/.test(key(end)) ? end + 1 : end;
      if (end > 0) return ruleSpan(flatBefore(i), tail(plot), 'ADDRESS', 'number and street', 0.92);
      if (residence.before(tokens, i, 1)) {
        let open = number;
        while (
          open < Math.min(tokens.length, number + 3) &&
          /^[a-z'-]+$/.test(key(open)) &&
          !sentence.has(key(open)) &&
          !stops(open - 1) &&
          (!common(open) || capital(open))
        )
          open++;
        if (open > number)
          return ruleSpan(
            flatBefore(i),
            tail(open),
            'ADDRESS',
            'number and name after a residence word',
            0.8,
          );
      }
    }
    // Plot forty two sector eighteen; house number 12, phase 2.
    if (/^(?:plot|house|door)$/.test(key(i))) {
      const first = houseNumber(/^(?:number|no)$/.test(key(i + 1)) ? i + 2 : i + 1);
      const area =
        first > 0 && /^(?:sector|phase|block|cross|main|lane|street|gali|nagar|stage)$/.test(key(first))
          ? houseNumber(first + 1)
          : 0;
      if (area > 0) return ruleSpan(i, tail(area), 'ADDRESS', 'plot and sector', 0.85);
    }
    // Hauptstrasse 12, Via Roma 3, Szentendrei ut 12
    const word = key(i);
    if (
      isCompound(word) ||
      (i > 0 &&
        /^(?:strasse|str|utca|u|ut|gade|katu|gata|gatan|vej|weg|allee|platz|tee|tanya)$/.test(word) &&
        capital(i - 1))
    ) {
      const after = houseNumber(i + 1);
      if (after > 0 && !stops(i))
        return ruleSpan(
          /^(?:strasse|str|utca|u|ut|gade|katu|gata|gatan|vej|weg|allee|platz|tee|tanya)$/.test(word)
            ? i - 1
            : i,
          tail(after),
          'ADDRESS',
          'street and number',
          0.85,
        );
    }
    if (
      leadingTypes.has(word) &&
      (capital(i + 1) ||
        (capital(i) && /^(?:del|della|dei|delle|dello|di|de|da|do|des|du|la|le)$/.test(key(i + 1))) ||
        !/^(?:via|al|el|los|las|plaza|place|avenue|boulevard|lorong)$/.test(word))
    ) {
      for (let end = i + 2; end < Math.min(tokens.length, i + 6); end++) {
        const after = houseNumber(end);
        if (after > 0 && key(end) !== 'a' && !sentence.has(key(end)))
          return ruleSpan(i, tail(after), 'ADDRESS', 'street and number', 0.8);
        if (sentence.has(key(end)) || stops(end - 1)) break;
      }
    }
    // Flat 4, block B: only where an address is spoken of.
    if (/^(?:apt|apartment|flat|suite|unit)$/.test(word)) {
      const end = unit(i);
      if (
        end > 0 &&
        /\d|^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty)/.test(
          key(i + 1),
        )
      )
        return ruleSpan(i, tail(end), 'ADDRESS', 'flat', 0.7);
    }
    // Skolegyden 63, 1234 Holte: a name and number before a postal code and town.
    const plain =
      /^\d{1,4}[a-z]?$/.test(key(i + 1)) &&
      /,$/.test(tokens[i + 1]!.after) &&
      /^(?:[a-z]{1,2}-)?\d{4,5}$/.test(key(i + 2));
    if (plain && capital(i) && capital(i + 3) && !lists.words.has(word) && !/^\d/.test(word))
      return ruleSpan(i, tail(i + 4), 'ADDRESS', 'name, number and postal code', 0.8);
    // Springfield, IL 62701
    const zip =
      /^\d{5}(?:-\d{4})?$/.test(key(i)) && states.has(key(i - 1)) && tokens[i - 1]!.casing === 'upper';
    if (zip) return ruleSpan(i - 1, i + 1, 'ADDRESS', 'state and postal code', 0.9);
    if (/^\d{5}-\d{4}$/.test(key(i))) return ruleSpan(i, i + 1, 'ADDRESS', 'postal code', 0.85);
    // On Lantana Road, in Harley Street: a street's name without a number.
    if (/^(?:on|at|in|near|off|from|to|of)$/.test(key(i - 1))) {
      for (let end = i + 1; end < Math.min(tokens.length, i + 4); end++) {
        const rare = (n: number) =>
          !sentence.has(key(n)) &&
          (capital(n) || (lists.words.get(key(n))?.lower ?? -1) < 3) &&
          /^[a-z'-]{3,}$/.test(key(n));
        if (!rare(end - 1) || /[,.;:]$/.test(tokens[end - 1]!.after.replace(/^\.$/, ''))) break;
        if (/^(?:street|road|avenue|lane|boulevard|terrace|crescent|drive|rd|ave|blvd)$/.test(key(end)))
          return ruleSpan(i, tail(end + 1), 'ADDRESS', 'street without a number', 0.7);
      }
    }
    return undefined;
  }

  /** Start of a flat before the house number: "flat 3, 12 High Street". */
  function flatBefore(i: number): number {
    for (let from = i - 1; from >= Math.max(0, i - 4); from--) {
      const end = units.has(key(from)) ? unit(from) : 0;
      if (end === i || (end === i - 1 && /^(?:slash|stroke|dash|\/|,)$/.test(key(end) || tokens[end]!.text)))
        return from;
    }
    return i;
  }
}
