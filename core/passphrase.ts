/** Characters that a passphrase needs at least to keep anything secret. */
export const SHORTEST_PASSPHRASE = 8;

/** A passphrase as it is meant, however the keyboard composed its letters (NFKC). */
export function normalPassphrase(passphrase: string): string {
  return passphrase.normalize('NFKC');
}

export function isLongEnough(passphrase: string): boolean {
  return [...normalPassphrase(passphrase)].length >= SHORTEST_PASSPHRASE;
}
