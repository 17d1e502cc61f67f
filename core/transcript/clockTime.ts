/** `0:07`, `12:34`, `1:02:03`, `100:00:00`: seconds for people; the second that has begun. */
export function clockTime(seconds: number): string {
  // To the millisecond first, so that 59.9996 is the minute that the files say.
  const whole = Math.floor(Math.round(seconds * 1000) / 1000);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
