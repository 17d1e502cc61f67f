import { z } from 'zod';
import { UserError } from '../errors.ts';
import { openPackOf, type Pack } from '../pack.ts';

const token = z.number().int().nonnegative();
const size = z.number().int().positive();

/** What a recogniser's manifest says beyond the fields that every pack has. */
const recognizerManifestSchema = z.looseObject({
  kind: z.literal('recognizer'),
  /** ISO 639-1 codes. */
  languages: z.array(z.string()).min(1),
  multilingual: z.boolean(),
  tokens: z.looseObject({
    sot: token,
    eot: token,
    /** Absent in packs of one language, whose prompt has no language and no task. */
    transcribe: token.nullish(),
    noTimestamps: token,
    timestampBegin: token,
    noSpeech: token,
    languages: z.record(z.string(), token),
  }),
  /** Never decoded: symbols that are not spoken, and the control tokens. */
  suppressedTokens: z.array(token),
  /** Not decoded as the first token: the blank and the end. */
  beginSuppressedTokens: z.array(token),
  /** [layer, head] pairs whose cross-attention follows the time, in the order of the `alignment` output. */
  alignmentHeads: z.array(z.tuple([token, token])).min(1),
  dimensions: z.looseObject({
    state: size,
    heads: size,
    encoderLayers: size,
    decoderLayers: size,
    vocabulary: size,
    mels: z.literal(80),
    /** Mel frames of the encoder's longest input; a state covers two. */
    maxFrames: size,
    /** Positions of the decoder, prompt included. */
    maxTokens: size,
  }),
  /** `padded`: the encoder needs silence up to `maxFrames`; `dynamic`: it takes a segment as long as it is. */
  audioContext: z.enum(['padded', 'dynamic']),
  /**
   * For every encoder layer the group of each of its heads, in order; 0 spectral, 1 temporal, 2 noise. Absent in packs
   * without a tri-head encoder.
   */
  headGroups: z.array(z.array(z.union([z.literal(0), z.literal(1), z.literal(2)])).min(1)).optional(),
});
export type RecognizerManifest = z.infer<typeof recognizerManifestSchema>;

/** A recogniser's pack with its manifest understood. */
export interface RecognizerPack extends Pack {
  readonly manifest: Pack['manifest'] & RecognizerManifest;
}

/**
 * Opens and checks a recogniser's pack.
 * @throws UserError `pack-damaged` when a file is missing, cut short or altered, or the manifest does not describe a
 *   recogniser.
 */
export async function openRecognizerPack(directory: string): Promise<RecognizerPack> {
  return openPackOf(directory, recognizerManifestSchema, 'a recogniser');
}

/** Tokens before the text: start, language and task where the pack knows several, and "no timestamps". */
export function promptTokens(manifest: RecognizerManifest, language: string): number[] {
  const { tokens, multilingual } = manifest;
  if (!multilingual) return [tokens.sot, tokens.noTimestamps];
  const languageToken = tokens.languages[language];
  if (languageToken === undefined || tokens.transcribe == null)
    throw new UserError(
      'usage',
      `The model does not know the language "${language}". Choose another language.`,
    );
  return [tokens.sot, languageToken, tokens.transcribe, tokens.noTimestamps];
}
