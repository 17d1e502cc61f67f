import type { Keyring } from '../../../electron/vault.ts';

/** A keyring that hides nothing. */
export const OPEN_KEYRING: Keyring = {
  encrypt: (text) => Buffer.from(text),
  decrypt: (bytes) => bytes.toString(),
};
