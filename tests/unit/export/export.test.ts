import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import { exportTranscript } from '../../../core/export/export.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../../core/export/exporter.ts';
import { POLICY_PRESETS } from '../../../core/redaction/policy.ts';
import { transcriptFromRecognition } from '../../../core/transcript/build.ts';
import { addEntity } from '../../../core/transcript/entities.ts';
import { assertValid } from '../../../core/transcript/invariants.ts';
import type { Label, Transcript } from '../../../core/transcript/schema.ts';
import { addSpeaker, assignSegmentSpeaker } from '../../../core/transcript/speakers.ts';

const policy = POLICY_PRESETS.strict;

/** A value in braces is marked by hand with its label: `call {PERSON Sarah Connor} now`; one segment a line. */
function marked(lines: readonly string[], recordingName = 'meeting.wav', speaker?: string): Transcript {
  let clock = 0;
  const spans: { label: Label; from: number; to: number }[] = [];
  let count = 0;
  const recognized = lines.map((line, index) => {
    const start = clock;
    const words = line.split(/(\{[^}]*\})/).flatMap((part) => {
      const braced = /^\{([A-Z_]+) (.*)\}$/.exec(part);
      const tokens = (braced?.[2] ?? part).split(' ').filter((token) => token !== '');
      if (braced) spans.push({ label: braced[1] as Label, from: count, to: count + tokens.length });
      count += tokens.length;
      return tokens.map((text) => {
        clock += 0.5;
        return { text, start: clock - 0.5, end: clock, confidence: 0.9 };
      });
    });
    return { index, start, end: clock, words };
  });
  let transcript = transcriptFromRecognition({
    recordingName,
    duration: clock + 1,
    language: 'en',
    model: { pack: 'tiny', sha256: '0'.repeat(64) },
    recognized,
  });
  for (const { label, from, to } of spans)
    transcript = addEntity(
      transcript,
      label,
      Array.from({ length: to - from }, (_, offset) => `w${from + offset + 1}`),
    );
  if (speaker !== undefined) {
    transcript = addSpeaker(transcript, speaker);
    for (const { id } of transcript.segments) transcript = assignSegmentSpeaker(transcript, id, 'p1');
  }
  assertValid(transcript);
  return transcript;
}

/** Every character of the file that anybody could read, as written; archives unpacked, with the names of their parts. */
function everyByte(format: ExportFormat, bytes: Uint8Array): string {
  const parts: [string, Uint8Array][] = format === 'docx' ? Object.entries(unzipSync(bytes)) : [['', bytes]];
  return parts.map(([name, part]) => `${name}\n${Buffer.from(part).toString('utf8')}`).join('\n');
}

describe.each(EXPORT_FORMATS)('a redacted %s', (format) => {
  it('holds nothing of what was masked: not in text, names of speakers, title, or any field', async () => {
    // Letters that occur in no English word and in no tag, so that finding them anywhere is finding the value.
    const secret = fc
      .stringMatching(/^[A-Z][qxzj]{3,6}[uw][qxzj]{2,4}$/)
      .filter((value) => !/(.)\1\1/.test(value));
    await fc.assert(
      fc.asyncProperty(secret, secret, fc.stringMatching(/^[1-9][0-9]{8}$/), async (name, family, number) => {
        fc.pre(name !== family);
        const transcript = marked(
          [
            `So {PERSON ${name} ${family}} said, that {PERSON ${name}'s} number is {PHONE ${number}}.`,
            `Write to {EMAIL ${name}@${family}.com}, and then {ADDRESS 12 ${family} Lane} "{PERSON ${family}}"!`,
          ],
          `interview ${name} ${family}.wav`,
          `${name} ${family}`,
        );
        const bytes = await exportTranscript({ transcript, policy, format, full: false });
        const found = everyByte(format, bytes).toLowerCase();
        for (const value of [name, family, number]) expect(found).not.toContain(value.toLowerCase());
        expect(found).toContain('[person_1]');
      }),
      { numRuns: 15 },
    );
  });

  it.each([
    ['a name', ['Here is {PERSON Xavier Quillfeather} now.', 'And Quillfeather said so.']],
    ['a name in capitals', ['Here is {PERSON Xavier Quillfeather} now.', 'And QUILLFEATHER, said so.']],
    ['digits in other groups', ['Call {PHONE 555 867 5309} now.', 'I repeat, 555-867-53 09 please.']],
    [
      'a value that breaks across lines and cues',
      [
        'He lives at {ADDRESS 48 Marlborough Quay North West} now.',
        'I think it was in that house in town there is at 48 Marlborough Quay North West and nowhere else in town.',
      ],
    ],
  ])('is refused when %s is still in it', async (_, lines) => {
    const attempt = exportTranscript({ transcript: marked(lines), policy, format, full: false });
    await expect(attempt).rejects.toThrow(UserError);
    const error = await attempt.catch((reason: UserError) => reason);
    expect((error as UserError).code).toBe('leak');
    expect((error as UserError).message).not.toMatch(/quillfeather|marlborough|5309/i);
  });

  it.each([
    'Mark',
    'Title',
    'Sotto',
    'Calibri',
    'Speaker',
    'Masked',
    'Charset',
    'Segments',
    'Note',
    'Redacted',
  ])('is written when somebody is called %s, a word that the format itself uses', async (name) => {
    const transcript = marked([`Then {PERSON ${name} Quillfeather} came.`], 'x.wav', 'Host');
    const bytes = await exportTranscript({ transcript, policy, format, full: false });
    expect(everyByte(format, bytes)).toContain('[PERSON_1]');
  });

  it('says neither who speaks nor when, where that is not wanted', async () => {
    const transcript = marked(['Here is {PERSON Xavier Quillfeather} now.'], 'x.wav', 'Moderator');
    const read = async (speakers: boolean, times: boolean) =>
      everyByte(
        format,
        await exportTranscript({ transcript, policy, format, full: false, beside: { speakers, times } }),
      );
    expect(await read(true, true)).toContain('Moderator');
    expect(await read(false, true)).not.toContain('Moderator');
    const clock = /[`>]0:00[`< ]/;
    if (['md', 'docx', 'html'].includes(format)) {
      expect(await read(true, true)).toMatch(clock);
      expect(await read(true, false)).not.toMatch(clock);
    } else expect(await read(true, false)).toBe(await read(true, true));
  });

  it('is written when a masked age stands in a time stamp', async () => {
    const filler = 'so it is as it was and as it will be in the end of it all';
    const transcript = marked([`${filler} ${filler} he is {AGE 34} then.`, filler, `${filler} ${filler}`]);
    await expect(exportTranscript({ transcript, policy, format, full: false })).resolves.toBeDefined();
  });

  it('is not what --full asks for: that holds everything', async () => {
    const transcript = marked(['Here is {PERSON Xavier Quillfeather} now.']);
    const bytes = await exportTranscript({ transcript, policy, format, full: true });
    expect(everyByte(format, bytes)).toContain('Quillfeather');
  });
});
