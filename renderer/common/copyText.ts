/**
 * Puts a text on the clipboard, after a click or a key. By the old command: `navigator.clipboard` asks for a permission,
 * which the window refuses like every other one but the microphone's.
 * @returns whether it is there.
 */
export function copyText(text: string): boolean {
  const put = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  window.addEventListener('copy', put, { capture: true });
  try {
    return document.execCommand('copy');
  } finally {
    window.removeEventListener('copy', put, { capture: true });
  }
}
