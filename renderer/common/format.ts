import { locale, m, region } from '../messages/messages.ts';

/** Seconds as `m:ss`, or `h:mm:ss` from an hour on; the same in every language, as on a player. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** As {@link clock}, with tenths of a second. */
export function fineClock(seconds: number): string {
  const tenths = Math.max(0, Math.round(seconds * 10));
  return `${clock(Math.floor(tenths / 10))}.${tenths % 10}`;
}

/** A rough time for people: `12 s`, `3 min`, `1 h 20 min`. */
export function roughTime(seconds: number): string {
  if (seconds < 60) return m.common.seconds(Math.max(1, Math.round(seconds)));
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return m.common.minutes(minutes);
  return m.common.hours(Math.floor(minutes / 60), minutes % 60);
}

/** A share of 0 to 1. */
export function percent(share: number): string {
  return new Intl.NumberFormat(locale, { style: 'percent' }).format(share);
}

export function megabytes(bytes: number): string {
  return m.common.megabytes(Math.round(bytes / 1e6));
}

/** The day and time of a moment in milliseconds since 1970, as people write it where the computer is. */
export function day(milliseconds: number): string {
  return new Intl.DateTimeFormat(region, { dateStyle: 'medium', timeStyle: 'short' }).format(milliseconds);
}

/** The name of an ISO 639-1 code in the interface's language; the code itself where it has none. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** `a, b and c` as the interface's language joins it. */
export function listed(items: readonly string[]): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(items);
}
