import type { RecognizerManifest } from './pack.ts';
import type { Tokenizer } from './tokenizer.ts';

/** Each costs every segment a little of a decoder step, and what is long distracts. */
const MOST_TOKENS = 64;

/**
 * Names and terms as what was said before the segment, which is how Whisper is told of spellings (`initial_prompt` of
 * openai/whisper): a token that begins the previous text, then the list, as much of it as fits. [] for no list.
 *
 * Not without harm, so it is off unless a person asks for it: on 16 utterances of LibriSpeech dev (tiny, 665 words) the
 * error rate was 4.81 % without, 6.32 % with ten names that nobody said, and 4.96 % with seven that were said (18 rather
 * than 23 words replaced, 12 rather than 4 left out); `npm run eval -- MANIFEST.jsonl --pack tiny --vocabulary "A, B"`.
 */
export function vocabularyPrompt(
  vocabulary: readonly string[],
  tokenizer: Pick<Tokenizer, 'encode'>,
  { tokens }: Pick<RecognizerManifest, 'tokens'>,
): number[] {
  // In every Whisper vocabulary `<|startofprev|>` stands before `<|nospeech|>`.
  const prompt = [tokens.noSpeech - 1];
  for (const term of vocabulary) {
    const spelled = tokenizer.encode(`${prompt.length === 1 ? '' : ','} ${term.trim()}`);
    if (prompt.length + spelled.length >= MOST_TOKENS) break;
    prompt.push(...spelled);
  }
  return prompt.length === 1 ? [] : [...prompt, ...tokenizer.encode('.')];
}
