import type { ShareableWord } from '../redaction/shareable.ts';

/** A masked word's alias, and the punctuation around it that is not masked. */
export function maskedParts(word: ShareableWord): { before: string; alias: string; after: string } {
  const alias = word.masked?.alias ?? '';
  const at = word.text.indexOf(alias);
  if (alias === '' || at < 0) return { before: '', alias: word.text, after: '' };
  return { before: word.text.slice(0, at), alias, after: word.text.slice(at + alias.length) };
}
