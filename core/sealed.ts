import { createCipheriv, createDecipheriv, randomBytes, type ScryptOptions, scrypt } from 'node:crypto';
import { z } from 'zod';
import { UserError } from './errors.ts';
import { isLongEnough, normalPassphrase, SHORTEST_PASSPHRASE } from './passphrase.ts';

/** What a sealed file is; a file of one kind is not taken for another. */
export type SealedKind = 'sotto-map' | 'sotto-case' | 'sotto-key';

const VERSION = 1;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const SALT_BYTES = 16;
/** OWASP's first choice for scrypt: 128 MiB, half a second on a laptop. */
const COST = { N: 131_072, r: 8, p: 1 } as const;

const base64 = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/);
/** A file from elsewhere must not make this computer work for hours, nor have been made cheap to guess. */
const sealedSchema = z.strictObject({
  format: z.enum(['sotto-map', 'sotto-case', 'sotto-key']),
  version: z.literal(VERSION),
  kdf: z.strictObject({
    name: z.literal('scrypt'),
    N: z.number().int().min(16_384).max(1_048_576),
    r: z.number().int().min(8).max(16),
    p: z.number().int().min(1).max(4),
    salt: base64,
  }),
  cipher: z.literal('aes-256-gcm'),
  nonce: base64,
  tag: base64,
  data: base64,
});
type Sealed = z.infer<typeof sealedSchema>;

/** @throws UserError `usage` for a passphrase that is too short to keep anything secret. */
export function assertPassphrase(passphrase: string): void {
  if (!isLongEnough(passphrase))
    throw new UserError(
      'usage',
      `A passphrase needs at least ${SHORTEST_PASSPHRASE} characters; several words are easier to remember than one hard one.`,
    );
}

/**
 * A text that only the passphrase opens: AES-256-GCM under a key by scrypt. The format is described in SEALED.md.
 * @throws UserError `usage` for a passphrase that is too short.
 */
export async function seal(kind: SealedKind, text: string, passphrase: string): Promise<string> {
  assertPassphrase(passphrase);
  const kdf = { name: 'scrypt', ...COST, salt: randomBytes(SALT_BYTES).toString('base64') } as const;
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', await keyOf(passphrase, kdf), nonce);
  cipher.setAAD(headOf({ format: kind, version: VERSION, kdf }));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const sealed: Sealed = {
    format: kind,
    version: VERSION,
    kdf,
    cipher: 'aes-256-gcm',
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  };
  return `${JSON.stringify(sealed, null, 2)}\n`;
}

/**
 * The text that was sealed.
 * @param name of the file, for the sentence when it cannot be opened.
 * @throws UserError `corrupt` when it is no sealed file of this kind, `usage` when the passphrase does not open it.
 */
export async function unseal(
  kind: SealedKind,
  file: string,
  passphrase: string,
  name: string,
): Promise<string> {
  const sealed = parsed(kind, file, name);
  const decipher = createDecipheriv(
    'aes-256-gcm',
    await keyOf(passphrase, sealed.kdf),
    Buffer.from(sealed.nonce, 'base64'),
  );
  try {
    decipher.setAAD(headOf(sealed)).setAuthTag(Buffer.from(sealed.tag, 'base64'));
    const text = Buffer.concat([decipher.update(Buffer.from(sealed.data, 'base64')), decipher.final()]);
    return text.toString('utf8');
  } catch (cause) {
    throw new UserError(
      'usage',
      `"${name}" does not open: the passphrase is another one, or the file was altered; check the passphrase and try again.`,
      { cause },
    );
  }
}

function parsed(kind: SealedKind, file: string, name: string): Sealed {
  let value: unknown = null;
  try {
    value = JSON.parse(file);
  } catch {
    // Told below.
  }
  const head = z.looseObject({ format: z.literal(kind), version: z.number() }).safeParse(value);
  if (head.success && head.data.version > VERSION)
    throw new UserError('corrupt', `"${name}" was made by a newer Sotto; update Sotto to open it.`);
  const sealed = sealedSchema.safeParse(value);
  if (!sealed.success || sealed.data.format !== kind || Buffer.from(sealed.data.tag, 'base64').length !== 16)
    throw new UserError(
      'corrupt',
      `"${name}" is no ${KINDS[kind]} of Sotto, or it was cut short; choose another file.`,
    );
  return sealed.data;
}

const KINDS: Readonly<Record<SealedKind, string>> = {
  'sotto-map': 'map of aliases',
  'sotto-case': 'case file',
  'sotto-key': 'key file',
};

/** All that says how the data is to be read; altering it makes the file unreadable. */
function headOf({ format, version, kdf }: Pick<Sealed, 'format' | 'version' | 'kdf'>): Buffer {
  return Buffer.from(`${format} ${version} scrypt ${kdf.N} ${kdf.r} ${kdf.p} ${kdf.salt}`);
}

/** Passphrases are compared as they look: keyboards compose accents in different ways. */
function keyOf(passphrase: string, { N, r, p, salt }: Sealed['kdf']): Promise<Buffer> {
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    scrypt(normalPassphrase(passphrase), Buffer.from(salt, 'base64'), KEY_BYTES, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
