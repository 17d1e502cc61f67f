const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
};
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/**
 * Text for the content of HTML, XML or WebVTT; not for attributes. Quotes stay, since caption players seldom know more
 * than these three references.
 */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>]/g, (character) => ESCAPES[character]!);
}

/** Text with its character references resolved. */
export function decodeMarkup(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (reference, hex, decimal, name) => {
    if (name !== undefined) return NAMED[(name as string).toLowerCase()] ?? reference;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex as string, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : reference;
  });
}

/** Every tag, comment and instruction of a document, as written. */
export function tagsOf(markup: string): Set<string> {
  return new Set(markup.match(/<[^>]*>/g));
}

/**
 * What a document holds beside its own structure, for reading it back: tags that a document of the same kind has
 * without any of this one's content are left out (so that a person called Mark is not found in every `<mark>`); any
 * other tag stays, with all that it holds.
 * @param known tags of such a document.
 * @param inline those that do not interrupt a text.
 */
export function markupContent(markup: string, known: ReadonlySet<string>, inline: RegExp): string {
  const content = markup.replace(/<[^>]*>/g, (tag) => {
    if (!known.has(tag)) return ` ${tag} `;
    return inline.test(tag) ? '' : '\n';
  });
  return decodeMarkup(content);
}
