import { type ReactNode, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Policy } from '../../core/redaction/policy.ts';
import { call } from '../host/client.ts';
import { attempt } from '../host/store.ts';

/** What is printed, line by line; the first is the recording's name as it may be shared. */
type Sheet = readonly string[];

/**
 * Prints the redacted text: the very page that an export would write, which the engine has masked and searched for what
 * must not be in it. Nothing else of a review can be printed; see `print.css`.
 */
export function usePrint({
  job,
  policy,
  settle,
}: {
  job: string;
  policy: Policy;
  /** Hands the last edits to the host and resolves when they are searched for personal data. */
  settle: () => Promise<void>;
}): { print: () => void; sheet: ReactNode } {
  const [sheet, setSheet] = useState<Sheet | null>(null);
  useEffect(() => {
    if (!sheet) return;
    const done = () => setSheet(null);
    window.addEventListener('afterprint', done);
    // Browsers print a page's title, and it is the recording's own name.
    const { title } = document;
    document.title = sheet[0] ?? '';
    window.print();
    return () => {
      document.title = title;
      window.removeEventListener('afterprint', done);
    };
  }, [sheet]);

  const print = () =>
    void attempt(async () => {
      await settle();
      const { name, replacement } = policy;
      const file = { job, redacted: true, policy: name, replacement, format: 'html', whole: true } as const;
      const { text } = await call('previewExport', file);
      setSheet(text.split('\n').filter((line) => line.trim() !== ''));
    });
  return { print, sheet: sheet && createPortal(<PrintedSheet lines={sheet} />, document.body) };
}

function PrintedSheet({ lines: [title, ...paragraphs] }: { lines: Sheet }) {
  return (
    <article className="print-sheet" aria-hidden="true">
      <h1 dir="auto">{title}</h1>
      {paragraphs.map((paragraph, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines never change while they are printed
        <p key={place} dir="auto">
          {paragraph}
        </p>
      ))}
    </article>
  );
}
