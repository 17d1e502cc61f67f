import { createHash, createHmac } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';

/** Names a recording by its content and gives a key that only someone who has the recording can derive. */
export interface Fingerprint {
  /** Hex; says nothing about the content to someone who does not have it. */
  readonly id: string;
  /** 32 bytes, for AES-256. */
  readonly key: Buffer;
}

/**
 * Hashes the recording at `path`. The journal of an unfinished job is encrypted with the key, so that a transcript
 * left behind by a crash can be read only with the recording it was made from.
 */
export async function fingerprint(path: string, signal?: AbortSignal): Promise<Fingerprint> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    signal?.throwIfAborted();
    hash.update(chunk as Buffer);
  }
  return derived(hash.digest());
}

/** Of a recording that is sealed on the disk, for which whoever has the file alone must not read its journal. */
export function sealedFingerprint(path: string, key: Buffer): Fingerprint {
  return derived(createHmac('sha256', key).update(basename(path)).digest());
}

function derived(secret: Buffer): Fingerprint {
  const derive = (purpose: string) => createHash('sha256').update(secret).update(purpose).digest();
  return { id: derive('sotto journal name').toString('hex').slice(0, 32), key: derive('sotto journal key') };
}
