import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LiveMask } from '../../../core/live/liveMask.ts';
import type { RecognizedWord } from '../../../core/recognizer/recognized.ts';
import type { RedactionHead } from '../../../core/redaction/head/head.ts';
import { POLICY_PRESETS } from '../../../core/redaction/policy.ts';
import type { ShareableWord } from '../../../core/redaction/shareable.ts';
import { digitsOf, sayDigits } from '../redaction/say.ts';

/** Words of a text, two a second. */
function words(text: string, from = 0): RecognizedWord[] {
  return text.split(' ').map((word, i) => ({
    text: word,
    start: from + i / 2,
    end: from + (i + 1) / 2,
    confidence: 0.9,
  }));
}

const shown = (released: readonly ShareableWord[]) => released.map(({ text }) => text).join(' ');

/** Everything that a text releases, taken in pieces of these sizes, in turn. */
async function release(text: string, sizes: readonly number[]): Promise<string> {
  const mask = new LiveMask(POLICY_PRESETS.standard, null);
  const all = words(text);
  const released: ShareableWord[] = [];
  for (let at = 0, turn = 0; at < all.length; turn++) {
    const size = sizes[turn % sizes.length]!;
    released.push(...(await mask.push(all.slice(at, at + size))));
    at += size;
  }
  released.push(...(await mask.finish()));
  return shown(released);
}

const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 });
const AFTER =
  'and then we talked about the weather for a while until the next item of the agenda came up and we went on';

describe('the mask of live captions', () => {
  it('never shows a name, however the words come in', async () => {
    const text = `Good morning everybody, my name is Sarah Connor and I work here. ${AFTER}`;
    await fc.assert(
      fc.asyncProperty(sizes, async (pieces) => {
        const output = await release(text, pieces);
        expect(output).not.toMatch(/Sarah|Connor/);
        expect(output).toContain('my name is [PERSON_1] and I work here.');
      }),
      { numRuns: 20 },
    );
  });

  it('never shows a part of a number that is dictated slowly', async () => {
    await fc.assert(
      fc.asyncProperty(digitsOf(10), sizes, async (digits, pieces) => {
        const said = sayDigits(digits, { oh: false, doubles: false, pairs: false });
        const output = await release(`so please call me back on ${said} any time. ${AFTER}`, pieces);
        expect(output).toMatch(/^so please call me back on \[[A-Z_]+_1\] any time\./);
      }),
      { numRuns: 20 },
    );
  });

  it('holds a number back over a silence in its middle', async () => {
    const mask = new LiveMask(POLICY_PRESETS.standard, null);
    const first = [...(await mask.push(words('my number is five five five'))), ...(await mask.pause())];
    const second = [
      ...(await mask.push(words('oh one two three four five six', 20))),
      ...(await mask.finish()),
    ];
    expect(shown(first)).toBe('my number is');
    expect(shown(second)).toMatch(/^\[[A-Z_]+_1\]$/);
  });

  it('calls the same person by the same alias for as long as the talk lasts', async () => {
    const filler = Array.from({ length: 10 }, () => AFTER).join(' ');
    const output = await release(`My name is Sarah Connor. ${filler} Thank you, Sarah Connor. ${AFTER}`, [3]);
    expect(output.match(/\[PERSON_1\]/g)).toHaveLength(2);
    expect(output).not.toMatch(/Sarah|PERSON_2/);
  });

  it('releases every word that is no personal data, once and in order', async () => {
    const plain = `${AFTER} ${AFTER} ${AFTER}`.split(' ');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: plain.length }), sizes, async (length, pieces) => {
        const text = plain.slice(0, length).join(' ');
        expect(await release(text, pieces)).toBe(text);
      }),
      { numRuns: 30 },
    );
  });

  it('lets nothing wait for ever, not even a number without end', async () => {
    const mask = new LiveMask(POLICY_PRESETS.standard, null);
    const endless = Array.from({ length: 400 }, (_, i) => ['five', 'two', 'nine', 'four'][i % 4]!);
    const released: ShareableWord[] = [];
    for (const [i, text] of endless.entries())
      released.push(...(await mask.push([{ text, start: i, end: i + 1, confidence: 1 }])));
    expect(mask.waiting).toBeLessThan(150);
    expect(shown(released)).toMatch(/^(\[[A-Z_]+_\d+\] ?)+$/);
  });

  it('masks what the learned head reads, in words that wait and in those said before', async () => {
    const seen: string[] = [];
    const head = {
      detect: async (given: readonly { text: string }[]) => {
        seen.push(given.map(({ text }) => text).join(' '));
        const at = given.findIndex(({ text }) => text === 'zorblat');
        const span = { from: at, to: at + 1, label: 'PERSON', detector: 'head', rule: 'read', score: 0.8 };
        return at < 0 ? [] : [span];
      },
    } as unknown as RedactionHead;
    const mask = new LiveMask(POLICY_PRESETS.standard, head);
    const released = [...(await mask.push(words(`the plan of zorblat is this ${AFTER}`)))];
    released.push(...(await mask.finish()));
    expect(shown(released)).toBe(`the plan of [PERSON_1] is this ${AFTER}`);
    expect(seen[0]).toMatch(/^the plan of zorblat is this and then/);
  });

  it('releases what waits when nobody speaks any more', async () => {
    const mask = new LiveMask(POLICY_PRESETS.standard, null);
    expect(await mask.push(words('that is all for now'))).toEqual([]);
    expect(shown(await mask.pause())).toBe('that is all for now');
    expect(await mask.pause()).toEqual([]);
  });

  it('searches what must wait once in a silence, and again when more was said', async () => {
    let searches = 0;
    const detect = async () => {
      searches++;
      return [];
    };
    const head = { detect } as unknown as RedactionHead;
    const mask = new LiveMask(POLICY_PRESETS.standard, head);
    await mask.push(words('my number is five five five'));
    for (let block = 0; block < 5; block++) await mask.pause();
    expect([searches, mask.waiting]).toEqual([1, 3]);
    await mask.push(words('oh one two', 20));
    for (let block = 0; block < 5; block++) await mask.pause();
    expect([searches, mask.waiting]).toEqual([2, 6]);
  });
});
