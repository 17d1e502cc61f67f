import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aliasMap, openMap, sealMap } from '../../../core/export/aliasMap.ts';
import { exportTranscript } from '../../../core/export/export.ts';
import type { ExportFormat } from '../../../core/export/exporter.ts';
import { reidentify } from '../../../core/export/reidentify.ts';
import { POLICY_PRESETS, type Policy } from '../../../core/redaction/policy.ts';
import { renameAlias } from '../../../core/transcript/people.ts';
import type { Transcript } from '../../../core/transcript/schema.ts';
import { marked, transcriptOf } from '../redaction/transcript.ts';

const { standard } = POLICY_PRESETS;
const PASSPHRASE = 'correct horse battery';
const styled = (replacement: Policy['replacement']): Policy => ({ ...standard, replacement });

/** A person under three wordings, another one, a number; one of the people speaks; the recording is named after her. */
function meeting(): Transcript {
  let transcript = transcriptOf(
    [
      "Sarah Connor's plan, (as Ms. Connor said) is Kyle Reese & Co.",
      'Sarah, did "Kyle Reese" call 555 01 23?',
      'He called 555 01 23, Sarah Connor.',
    ],
    ['Sarah Connor', 'Speaker 2', 'Sarah Connor'],
    'interview_sarah-connor',
  );
  for (const value of ['Sarah Connor', 'Kyle Reese']) transcript = marked(transcript, 'PERSON', value);
  transcript = marked(transcript, 'PERSON', 'Connor', { nth: 1 });
  transcript = marked(transcript, 'PERSON', 'Sarah', { nth: 1 });
  for (const value of ['Sarah Connor', 'Kyle Reese'])
    transcript = marked(transcript, 'PERSON', value, { nth: 1 });
  for (const nth of [0, 1]) transcript = marked(transcript, 'PHONE', '555 01 23', { nth });
  return transcript;
}

const exported = (transcript: Transcript, policy: Policy, format: ExportFormat, full: boolean) =>
  exportTranscript({ transcript, policy, format, full });
const text = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
/** What differs by design between a redacted file and a full one: the notice, and the marks of masked words. */
const plain = (file: string) =>
  file
    .replace(/^.*(?:Redacted by Sotto|Not redacted).*$/gm, '')
    .replace(/<\/?mark>/g, '')
    .replace(/,\d+\r$/gm, ',\r');

describe('a map leads back to what was said', () => {
  for (const format of ['txt', 'md', 'vtt', 'html', 'csv'] as const)
    for (const replacement of ['alias', 'substitute', 'role'] as const)
      test(`word for word from ${format} with ${replacement}`, async () => {
        const policy = styled(replacement);
        const transcript = meeting();
        const map = aliasMap(transcript, policy);
        const back = reidentify(await exported(transcript, policy, format, false), map, 'file');
        const full = text(await exported(transcript, policy, format, true));
        expect(back).toMatchObject({ exact: 8, fullest: 0, left: 0 });
        // A caption or Markdown file breaks and escapes by what stands in it.
        const same = (file: string) => plain(file).replace(/\\/g, '').replace(/\s+/g, ' ');
        if (format === 'vtt')
          expect(same(back.text).replace(/[\d:.]+ --> [\d:.]+/g, '')).toContain('Kyle Reese &amp; Co.');
        else expect(same(back.text)).toBe(same(full));
      });

  test('from every field of json', async () => {
    const back = reidentify(
      await exported(meeting(), standard, 'json', false),
      aliasMap(meeting(), standard),
      'f',
    );
    const json = JSON.parse(back.text) as { title: string; segments: { speaker: string; text: string }[] };
    expect(back).toMatchObject({ exact: 24, fullest: 0, left: 0 });
    expect(json.title).toBe('interview_sarah-connor');
    expect(json.segments.map(({ speaker }) => speaker)).toEqual([
      'Sarah Connor',
      'Speaker 2',
      'Sarah Connor',
    ]);
    expect(json.segments.map((segment) => segment.text)).toEqual(
      meeting().segments.map(({ words }) => words.map((word) => word.text).join(' ')),
    );
  });

  test('by kinds and bars only where the text is whole', async () => {
    for (const replacement of ['kind', 'block'] as const) {
      const map = aliasMap(meeting(), styled(replacement));
      const file = await exported(meeting(), styled(replacement), 'txt', false);
      const back = reidentify(file, map, 'f');
      expect(back).toMatchObject({ exact: 8, left: 0 });
      expect(back.text).toBe(text(await exported(meeting(), standard, 'txt', true)));
      const excerpt = new TextEncoder().encode(text(file).split('\n\n')[1]!);
      // Two people of one kind and number are not told apart; the speaker's name is no guess.
      expect(reidentify(excerpt, map, 'f').left).toBeGreaterThan(0);
      expect(reidentify(excerpt, map, 'f').text).not.toContain('Kyle');
    }
  });

  test('in an excerpt by the fullest form', () => {
    const excerpt = new TextEncoder().encode('So [PERSON_1] met [PERSON_2] and [PERSON_12].');
    expect(reidentify(excerpt, aliasMap(meeting(), standard), 'f')).toEqual({
      text: 'So Sarah Connor met Kyle Reese and [PERSON_12].',
      exact: 0,
      fullest: 2,
      left: 0,
    });
  });

  test('whatever was said, and by a chosen name', async () => {
    const said = fc.constantFrom('Anna', 'Anna Lee', '“Anna”', "Anna's", 'met', '(Anna,', 'x', 'Leeds.');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(said, { minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 4 }),
        async (turns) => {
          let transcript = transcriptOf(turns.map((turn) => turn.join(' ')));
          const words = transcript.segments.flatMap((segment) => segment.words);
          transcript = {
            ...transcript,
            entities: words
              .filter((word) => word.text.includes('Anna'))
              .map((word, index) => ({
                id: `e${index + 1}`,
                label: 'PERSON',
                words: [word.id],
                detector: 'names',
                rule: 'test',
                score: 1,
                decision: 'pending',
              })),
          };
          if (transcript.entities.length > 0) transcript = renameAlias(transcript, ['e1'], 'the caller');
          const file = await exported(transcript, standard, 'txt', false);
          expect(text(file)).not.toContain('Anna');
          const back = reidentify(file, aliasMap(transcript, standard), 'f');
          expect(back.text).toBe(text(await exported(transcript, standard, 'txt', true)));
        },
      ),
      { numRuns: 40 },
    );
  });

  test('into no file that is not text', () => {
    for (const bytes of [Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0), Uint8Array.of(0xff, 0xfe, 65)])
      expect(() => reidentify(bytes, aliasMap(meeting(), standard), 'call.docx')).toThrow(
        /"call.docx" is no text file/,
      );
  });
});

describe('a map on the disk', () => {
  test('opens with its passphrase alone, however that was composed, and holds nothing in the clear', async () => {
    const map = aliasMap(meeting(), standard);
    const file = text(await sealMap(map, 'Zürich 1984'));
    expect(await openMap(file, 'Zu\u0308rich 1984', 'call.map')).toEqual(map);
    for (const secret of ['Sarah', 'Connor', '555', 'PERSON', 'interview'])
      expect(file).not.toContain(secret);
    await expect(openMap(file, 'Zürich 1985', 'call.map')).rejects.toThrow(/"call.map" does not open/);
  });

  test('does not open when it was altered, is of another kind, newer or cut short', async () => {
    const file = text(await sealMap(aliasMap(meeting(), standard), PASSPHRASE));
    const sealed = JSON.parse(file) as { data: string; kdf: object };
    const open = (content: object | string) =>
      openMap(typeof content === 'string' ? content : JSON.stringify(content), PASSPHRASE, 'm');
    await expect(open({ ...sealed, data: `A${sealed.data.slice(1)}` })).rejects.toThrow();
    await expect(open({ ...sealed, kdf: { ...sealed.kdf, N: 65_536 } })).rejects.toThrow(/does not open/);
    await expect(open({ ...sealed, kdf: { ...sealed.kdf, N: 2 ** 30 } })).rejects.toThrow(
      /no map of aliases/,
    );
    await expect(open({ ...sealed, format: 'sotto-case' })).rejects.toThrow(/no map of aliases/);
    await expect(open({ ...sealed, version: 2 })).rejects.toThrow(/newer Sotto/);
    await expect(open(file.slice(0, 200))).rejects.toThrow(/no map of aliases/);
  });

  test('is not written under a passphrase that could be guessed', async () => {
    await expect(sealMap(aliasMap(meeting(), standard), 'horse')).rejects.toThrow(/at least 8 characters/);
  });
});
