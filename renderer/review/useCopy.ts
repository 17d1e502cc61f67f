import { type RefObject, useEffect, useRef } from 'react';
import { copyText } from '../common/copyText.ts';
import { attempt, tell } from '../host/store.ts';
import { m } from '../messages/messages.ts';
import type { TranscriptLayout } from './layout.ts';
import { copyOf, type Order } from './order.ts';
import type { Selection } from './selection.ts';
import { placeOf } from './shortcuts.ts';
import type { Typed } from './useSearchAgain.ts';

/**
 * Copying the selection takes it as it is shared: what is masked leaves by its alias, also where its original is shown.
 * What was typed a moment ago is searched first.
 */
export function useCopy(
  page: RefObject<HTMLElement | null>,
  layout: TranscriptLayout,
  order: Order,
  selection: Selection,
  typed: Typed,
): void {
  const latest = useRef<() => string>(() => '');
  latest.current = () => copyOf(layout, order, selection);
  useEffect(() => {
    const copy = (event: ClipboardEvent) => {
      if (placeOf(event.target, page.current) === 'text' || document.querySelector('dialog[open]')) return;
      const text = latest.current();
      if (text === '') return;
      event.preventDefault();
      if (typed.isSearched()) event.clipboardData?.setData('text/plain', text);
      else
        void attempt(async () => {
          await typed.settle();
          if (!copyText(latest.current())) tell(m.export.copyFailed);
        });
    };
    window.addEventListener('copy', copy);
    return () => window.removeEventListener('copy', copy);
  }, [page, typed]);
}
