import { randomBytes } from 'node:crypto';

/** A name that cannot be guessed: 128 bits in hex. */
export function newId(): string {
  return randomBytes(16).toString('hex');
}
