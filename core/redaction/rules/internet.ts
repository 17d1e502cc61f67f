import type { DetectedSpan } from '../detector.ts';
import { wordSet } from '../phrases.ts';
import { type Reading, ruleSpan } from './reading.ts';

const topLevel = wordSet(`
  com org net edu gov mil int info biz io co ai app dev me tv fm uk us ca au nz ie de fr es it nl be ch at se no dk fi pl cz pt gr ru ua
  in jp cn kr br mx ar za sg hk my id ph th vn tr il ae eu name pro online site store tech xyz cloud blog email live news agency health
  academy click company design digital group life link media page shop social space studio systems team today world club art wiki
  ly gl gg sh to ac ro hu bg hr si sk lt lv ee rs is lu mt cy pk bd lk ng ke gh cl pe ve ec uy cat museum travel
`);
/** Top-level domains that are words: they need a domain's company around them when said. */
const wordlike = wordSet(
  'at me in is to it no be us so my by do id name pro online store live news group life page shop space team today world club art cat link media social design company health travel email blog site tech click cloud',
);
const webmail = wordSet(
  'oksbi okaxis okhdfcbank okicici ybl paytm gmail googlemail hotmail outlook yahoo icloud aol protonmail proton live gmx web ymail comcast verizon mail msn btinternet fastmail zoho',
);
/** Words that cannot be the local part of an address nor a domain name. */
const grammar = wordSet(`
  is are was were to for from the a an and or but my your his her their our its it's at on in of with by email e-mail mail address reach me him them us
  you contact send write that this be been will would can could should it so just please cc copy use goes i'm he she we they i here there
  website site page visit go check see online link url domain web click into via through using called account username user log login has have like
`);

const emailWritten = /^[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.[\p{L}]{2,}$/iu;
const emailLoose = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]*[\p{L}\p{N}]/iu;
const schemeUrl = /^[<(["']*(?:https?|ftp|ftps|sftp|ssh|git|file|s3):\/\/\S+/i;
const wwwUrl = /^www\.[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*/iu;
const domain = /^(?:[\p{L}\p{N}_-]+\.)+([a-z]{2,})(?::\d+)?(?:[/?#]\S*)?$/iu;
const ipv4 = /^(?:\d{1,3}\.){3}\d{1,3}(?:[:/]\d+)?$/;
const ipv6 = /^(?=.*:.*:)(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?:%\w+)?(?:\/\d+)?$/i;
const mac = /^(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i;
const handle = /^@[\p{L}\p{N}_][\p{L}\p{N}_.]{1,}$/u;
/** File names and software that look like domains. */
const notDomain =
  /\.(?:js|ts|py|md|txt|pdf|doc|docx|html?|json|csv|zip|exe|png|jpg|mp[34]|wav|sh|rs|go|rb|cc|so)$|^(?:e\.g|i\.e|a\.m|p\.m|u\.s|u\.k|ph\.d|d\.c|l\.a)$/i;

/** E-mail addresses, web addresses, handles, IP and MAC addresses as a recogniser may write them: in one word. */
export function recogniseWrittenInternet({ tokens }: Reading): DetectedSpan[] {
  const spans: DetectedSpan[] = [];
  for (const token of tokens) {
    const { core, index } = token;
    const bare = core.replace(/^[<(["']+|[>)\]"']+$/g, '');
    const span = (label: 'EMAIL' | 'URL', rule: string, score: number) =>
      spans.push(ruleSpan(index, index + 1, label, rule, score));
    if (emailWritten.test(bare)) span('EMAIL', 'e-mail address', 0.99);
    else if (emailLoose.test(bare) && !handle.test(bare))
      span('EMAIL', 'e-mail address without a known ending', 0.8);
    else if (schemeUrl.test(bare) || schemeUrl.test(token.text) || wwwUrl.test(bare))
      span('URL', 'web address', 0.98);
    else if (mac.test(bare)) span('URL', 'MAC address', 0.97);
    else if (
      ipv4.test(bare) &&
      bare
        .split(/[.:/]/)
        .slice(0, 4)
        .every((part) => Number(part) < 256)
    )
      span('URL', 'IP address', 0.95);
    else if (ipv6.test(bare) && /[0-9a-f]/i.test(bare) && bare.length > 4) span('URL', 'IP address', 0.95);
    else if (handle.test(bare)) span('URL', 'handle', 0.8);
    else {
      const match = domain.exec(bare);
      const ending = match?.[1]?.toLowerCase() ?? '';
      if (
        topLevel.has(ending) &&
        !notDomain.test(bare) &&
        !(wordlike.has(ending) && !/[/\d-]|\..*\./.test(bare) && /^[A-Z]?[a-z]+\.[A-Z]/.test(bare))
      )
        span('URL', 'domain name', 0.9);
    }
  }
  return spans;
}

/** "john dot smith at gmail dot com", "w w w dot example dot com slash about", "ten dot zero dot zero dot one". */
export function recogniseSpokenInternet(reading: Reading): DetectedSpan[] {
  const { tokens, glyphs } = reading;
  const spans: DetectedSpan[] = [];
  const isMark = (i: number, text: string) => glyphs[i]?.kind === 'mark' && glyphs[i]?.text === text;
  const nameable = (i: number) => {
    const item = glyphs[i];
    if (!item || item.kind === 'mark' || item.kind === 'repair') return false;
    return item.kind !== 'word' || !grammar.has(item.text);
  };
  /** Index after the domain that begins at glyph i, or 0. */
  const domainEnd = (i: number): number => {
    let at = i;
    let labels = 0;
    while (at < glyphs.length && at - i < 40) {
      const start = at;
      while (at < glyphs.length && (nameable(at) || isMark(at, '-')) && at - start < 16) at++;
      if (at === start) return 0;
      labels++;
      if (!isMark(at, '.')) return 0;
      const ending = glyphs[at + 1];
      if (!ending) return 0;
      // com, c o m, co dot uk
      let text = '';
      let end = at + 1;
      if (ending.kind === 'letter') {
        while (glyphs[end]?.kind === 'letter' && text.length < 4) text += glyphs[end++]!.text;
        while (text.length > 2 && !topLevel.has(text)) {
          text = text.slice(0, -1);
          end--;
        }
      } else {
        text = ending.text;
        end = at + 2;
      }
      if (topLevel.has(text)) {
        while (
          isMark(end, '.') &&
          glyphs[end + 1] &&
          (topLevel.has(glyphs[end + 1]!.text) || glyphs[end + 1]!.kind === 'letter')
        ) {
          end += 2;
          while (
            glyphs[end - 1]?.kind === 'letter' &&
            glyphs[end]?.kind === 'letter' &&
            glyphs[end - 1]!.text.length + glyphs[end]!.text.length <= 2
          )
            end++;
        }
        return end;
      }
      at++;
    }
    return labels > 1 ? at : 0;
  };
  for (let i = 0; i < glyphs.length; i++) {
    const item = glyphs[i]!;
    const at = item.kind === 'mark' && item.text === '@';
    if (at) {
      const provider = glyphs[i + 1];
      const writtenDomain = provider && domain.exec(tokens[provider.from]!.core)?.[1];
      // "j smith at the company dot com"
      const article = glyphs[i + 1]?.text === 'the' ? 1 : 0;
      let end = domainEnd(i + 1 + article);
      if (end === 0 && writtenDomain && topLevel.has(writtenDomain.toLowerCase())) end = i + 2;
      if (end === 0 && provider && webmail.has(provider.text)) end = i + 2;
      // "jane at example com": the dot was not heard.
      if (end === 0 && provider && nameable(i + 1) && /^(?:com|org|net|edu)$/.test(glyphs[i + 2]?.text ?? ''))
        end = i + 3;
      if (end === 0) continue;
      const from = localStart(i);
      if (from === i) continue;
      spans.push(ruleSpan(glyphs[from]!.from, glyphs[end - 1]!.to, 'EMAIL', 'spoken e-mail address', 0.95));
      i = end - 1;
    } else if (isMark(i, '.')) {
      const address = spokenIp(i);
      if (address) {
        spans.push(ruleSpan(address[0], address[1], 'URL', 'spoken IP address', 0.9));
        continue;
      }
      const found = spokenUrl(i);
      if (found) {
        spans.push(
          ruleSpan(glyphs[found[0]]!.from, glyphs[found[1] - 1]!.to, 'URL', 'spoken web address', 0.9),
        );
        i = found[1] - 1;
      }
    }
  }
  return spans;

  /** First glyph of the local part that ends before the "at" in glyph `end`. */
  function localStart(end: number): number {
    let from = end;
    let words = 0;
    while (from > 0 && end - from < 40) {
      const item = glyphs[from - 1]!;
      if (item.kind === 'filler' && from < end) {
        from--;
        continue;
      }
      const joined = from < end && glyphs[from]!.kind === 'mark';
      if (item.kind === 'mark') {
        if (item.text === '@' || item.text === '/') break;
        from--;
        continue;
      }
      if (item.kind === 'repair' || (item.kind === 'word' && grammar.has(item.text))) break;
      if (item.kind === 'word') {
        // Words that no mark joins: "john smith at", but a sentence before it stays out.
        if (!joined && from < end && ++words > 2) break;
        if (/[.?!:]$/.test(tokens[item.to - 1]!.after) && from < end) break;
      }
      from--;
    }
    while (
      from < end &&
      (glyphs[from]!.kind === 'filler' || (glyphs[from]!.kind === 'mark' && glyphs[from]!.text !== '_'))
    )
      from++;
    return from;
  }

  function spokenIp(dot: number): [number, number] | undefined {
    let from = dot - 1;
    const number = (i: number) => /^(?:digit|pair|magnitude|written)$/.test(glyphs[i]?.kind ?? '');
    if (!number(from)) return undefined;
    while (from > 0 && number(from - 1)) from--;
    if (isMark(from - 1, '.')) return undefined;
    let dots = 0;
    let end = dot;
    while (isMark(end, '.') && number(end + 1)) {
      dots++;
      end++;
      while (number(end)) end++;
    }
    return dots === 3 ? [glyphs[from]!.from, glyphs[end - 1]!.to] : undefined;
  }

  function spokenUrl(dot: number): [number, number] | undefined {
    let from = dot;
    while (from > 0 && nameable(from - 1) && glyphs[from - 1]!.kind !== 'filler' && dot - from < 16) {
      const item = glyphs[from - 1]!;
      // One word before the dot, or spelled letters and figures; a longer run of words is the sentence.
      if (item.kind === 'word' && from < dot) break;
      from--;
      if (item.kind === 'word' && !isMark(from - 1, '-')) break;
      if (isMark(from - 1, '-')) from--;
    }
    if (from === dot) return undefined;
    let end = domainEnd(from);
    if (end === 0) return undefined;
    const ending = glyphs[end - 1]!.text;
    const single =
      glyphs.slice(from, end).filter((item) => item.kind === 'mark' && item.text === '.').length === 1;
    if (
      wordlike.has(ending) &&
      single &&
      !/^w+$/.test(glyphs[from]!.text) &&
      glyphs[dot + 1]!.kind === 'word' &&
      !isMark(end, '/')
    )
      return undefined;
    while (isMark(end, '/') && glyphs[end + 1]) {
      end += 2;
      while (
        glyphs[end]?.kind === 'letter' ||
        isMark(end, '-') ||
        isMark(end, '_') ||
        (isMark(end - 1, '-') && nameable(end))
      )
        end++;
    }
    return [from, end];
  }
}
