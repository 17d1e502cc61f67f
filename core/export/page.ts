import { createHash } from 'node:crypto';

/**
 * A whole HTML page. Nothing may be loaded and nothing may run: only its style, named by its hash, is allowed. All texts
 * are markup already.
 */
export function htmlPage({
  language,
  title,
  style,
  body,
}: {
  /** ISO 639 code. */
  readonly language: string;
  readonly title: string;
  readonly style: string;
  readonly body: string;
}): string {
  const hash = createHash('sha256').update(style).digest('base64');
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
