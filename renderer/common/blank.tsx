import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

/** A place that has nothing to show: why, and what can be done about it. */
export function Blank({
  icon,
  title,
  text,
  alert,
  children,
}: {
  icon: Parameters<typeof Icon>[0]['name'];
  title: string;
  text?: string;
  /** Whether it is something that went wrong, to be said at once. */
  alert?: boolean;
  /** What can be done. */
  children?: ReactNode;
}) {
  return (
    <section className="blank" role={alert ? 'alert' : 'status'}>
      <span className="blank-sign" data-alert={alert || undefined}>
        <Icon name={icon} />
      </span>
      <h2>{title}</h2>
      {text !== undefined && <p>{text}</p>}
      {children}
    </section>
  );
}
