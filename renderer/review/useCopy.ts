import { type RefObject, useEffect, useRef } from 'react';
import type { TranscriptLayout } from './layout.ts';
import { copyOf, type Order } from './order.ts';
import type { Selection } from './selection.ts';
import { placeOf } from './shortcuts.ts';

/** Copying the selection takes it as it is shared: what is masked leaves by its alias, also where its original is shown. */
export function useCopy(
  page: RefObject<HTMLElement | null>,
  layout: TranscriptLayout,
  order: Order,
  selection: Selection,
): void {
  const latest = useRef<() => string>(() => '');
  latest.current = () => copyOf(layout, order, selection);
  useEffect(() => {
    const copy = (event: ClipboardEvent) => {
      if (placeOf(event.target, page.current) === 'text' || document.querySelector('dialog[open]')) return;
      const text = latest.current();
      if (text === '') return;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
    };
    window.addEventListener('copy', copy);
    return () => window.removeEventListener('copy', copy);
  }, [page]);
}
