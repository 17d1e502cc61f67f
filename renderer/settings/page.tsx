import { type ReactNode, useEffect, useRef } from 'react';
import { Icon } from '../common/icon.tsx';
import { m } from '../messages/messages.ts';

/** A page of its own beside the list of recordings; Escape and its button go back. */
export function Page({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const latest = useRef(onClose);
  latest.current = onClose;
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !document.querySelector('dialog[open]')) latest.current();
    };
    window.addEventListener('keydown', key);
    return () => window.removeEventListener('keydown', key);
  }, []);
  return (
    <div className="home">
      <header className="home-bar">
        <button type="button" className="quiet" onClick={onClose}>
          <Icon name="back" />
          {m.review.back}
        </button>
        <h1 ref={heading} tabIndex={-1} className="page-title">
          {title}
        </h1>
        <button type="button" className="primary" onClick={onClose}>
          {m.settings.done}
        </button>
      </header>
      <main className="home-main page">{children}</main>
    </div>
  );
}
