import type { ShareableTranscript } from '../redaction/shareable.ts';

/**
 * A transcript that holds nothing of anybody but uses everything that a format can show. What a file has in common with
 * the specimen's is the format's own structure, not content; reading back leaves that out.
 */
export const SPECIMEN: ShareableTranscript = {
  redacted: true,
  title: '-',
  duration: 1,
  language: 'en',
  counts: {},
  segments: [
    {
      start: 0,
      end: 1,
      speaker: '-',
      words: [
        { text: '-', start: 0, end: 0.5, confidence: 1, masked: null },
        { text: '-', start: 0.5, end: 1, confidence: null, masked: { label: 'PERSON', alias: '-' } },
      ],
      acoustics: null,
    },
  ],
};
