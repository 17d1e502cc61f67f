import type { ExportResult } from '../../electron/contract.ts';
import { m } from '../messages/messages.ts';

/** Hands finished files to the browser where there is one; says where they are, or null when the person dismissed it. */
export function handOut(result: ExportResult): string | null {
  if (result.kind === 'dismissed') return null;
  if (result.kind === 'saved') return m.export.saved(result.folder, result.files.join(', '));
  for (const { name, url } of result.downloads) {
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
  }
  return m.export.downloaded(result.downloads.map(({ name }) => name).join(', '));
}
