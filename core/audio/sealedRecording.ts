import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { UserError } from '../errors.ts';
import type { OriginalAudio } from './original.ts';
import { BYTES_PER_SAMPLE, fromPcm16, pcm16, wavHeader } from './pcm16.ts';

/**
 * A recording made in the app, on disk: a head (magic, sample rate), then chunks of 16-bit mono samples, each sealed by
 * AES-256-GCM (nonce, tag, ciphertext) with its number authenticated, so that none can be left out or moved. All but
 * the last are equally long, so that a player can begin anywhere. A chunk that a crash cut short is no part of it.
 */
const MAGIC = 'sotto recording 1\n';
const HEAD_BYTES = MAGIC.length + 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SEAL_BYTES = NONCE_BYTES + TAG_BYTES;
/** A third of a second at 48 kHz: what a crash costs at most. */
const CHUNK_SAMPLES = 16_384;
const CHUNK_BYTES = SEAL_BYTES + CHUNK_SAMPLES * BYTES_PER_SAMPLE;

/** What such files are called. */
export const SEALED_EXTENSION = '.sotto-recording';

/**
 * A recording that is being made; what was appended survives the end of this process. What the disk refuses is kept in
 * memory and written with what comes next.
 */
export class SealedWriter {
  private readonly waiting = new Int16Array(CHUNK_SAMPLES);
  private filled = 0;
  private chunks = 0;
  /** Sealed chunks that are not on the disk yet, and where they belong. */
  private readonly unwritten: Buffer[] = [];
  private end = HEAD_BYTES;
  /** Writes one after another, also when they are not waited for. */
  private last: Promise<void> = Promise.resolve();

  private constructor(
    private readonly file: FileHandle,
    private readonly key: Buffer,
  ) {}

  /** @param key 32 bytes. @throws UserError `disk` */
  static async create(path: string, key: Buffer, rate: number): Promise<SealedWriter> {
    try {
      const file = await open(path, 'wx', 0o600);
      const head = Buffer.alloc(HEAD_BYTES);
      head.write(MAGIC, 'latin1');
      head.writeUInt32LE(rate, MAGIC.length);
      await writeAt(file, 0, head);
      return new SealedWriter(file, key);
    } catch (cause) {
      throw full(cause);
    }
  }

  /** Appends samples in [-1, 1]; full chunks are on the disk when it resolves. @throws UserError `disk` */
  append(samples: Float32Array): Promise<void> {
    for (let at = 0; at < samples.length; at++) {
      this.waiting[this.filled++] = pcm16(samples[at]!);
      if (this.filled === CHUNK_SAMPLES) this.unwritten.push(this.sealChunk());
    }
    return this.write();
  }

  /** Appends what is left and closes the file, also where the disk refuses. @throws UserError `disk` */
  async finish(): Promise<void> {
    if (this.filled > 0) this.unwritten.push(this.sealChunk());
    try {
      await this.write();
    } finally {
      await this.file.close();
    }
  }

  private sealChunk(): Buffer {
    const plain = Buffer.alloc(this.filled * BYTES_PER_SAMPLE);
    for (let i = 0; i < this.filled; i++) plain.writeInt16LE(this.waiting[i]!, i * BYTES_PER_SAMPLE);
    this.filled = 0;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(number(this.chunks++));
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  private write(): Promise<void> {
    this.last = this.last
      .catch(() => {})
      .then(async () => {
        const sealed = [...this.unwritten];
        if (sealed.length === 0) return;
        const bytes = Buffer.concat(sealed);
        try {
          await writeAt(this.file, this.end, bytes);
          await this.file.datasync();
        } catch (cause) {
          throw full(cause);
        }
        this.end += bytes.length;
        this.unwritten.splice(0, sealed.length);
      });
    return this.last;
  }
}

/** A finished or interrupted recording. */
export class SealedRecording {
  private constructor(
    private readonly path: string,
    private readonly key: Buffer,
    readonly rate: number,
    /** Samples that can be read. */
    readonly samples: number,
  ) {}

  /** @throws UserError `unreadable` where the key does not open it, or it is none. */
  static async open(path: string, key: Buffer): Promise<SealedRecording> {
    const file = await open(path).catch(() => {
      throw unreadable(path);
    });
    try {
      const { size } = await file.stat();
      const head = await readAt(file, 0, HEAD_BYTES);
      if (head.length < HEAD_BYTES || head.toString('latin1', 0, MAGIC.length) !== MAGIC)
        throw unreadable(path);
      const whole = Math.floor((size - HEAD_BYTES) / CHUNK_BYTES);
      const rest = (size - HEAD_BYTES) % CHUNK_BYTES;
      const last = rest > SEAL_BYTES ? await readChunk(file, key, whole, rest) : null;
      if (whole > 0 && (await readChunk(file, key, 0, CHUNK_BYTES)) === null) throw unreadable(path);
      const samples = whole * CHUNK_SAMPLES + (last ? last.length / BYTES_PER_SAMPLE : 0);
      return new SealedRecording(path, key, head.readUInt32LE(MAGIC.length), samples);
    } finally {
      await file.close();
    }
  }

  get seconds(): number {
    return this.samples / this.rate;
  }

  /** As the engine reads a recording. */
  original(): OriginalAudio {
    const chunks = () => this.chunks(0);
    return {
      format: 'sotto',
      sampleRate: this.rate,
      channels: 1,
      frames: this.samples,
      async *blocks(signal) {
        for await (const plain of chunks()) {
          signal?.throwIfAborted();
          const block = new Float32Array(plain.length / BYTES_PER_SAMPLE);
          for (let i = 0; i < block.length; i++)
            block[i] = fromPcm16(plain.readInt16LE(i * BYTES_PER_SAMPLE));
          yield [block];
        }
      },
    };
  }

  private get wavHead(): Buffer {
    return wavHeader(this.rate, 1, this.samples);
  }

  /** How long it is as a WAVE file. */
  get wavBytes(): number {
    return this.wavHead.length + this.samples * BYTES_PER_SAMPLE;
  }

  /** The bytes from `start` to `end` (inclusive) of the recording as a WAVE file. */
  async *wav(start = 0, end = this.wavBytes - 1): AsyncGenerator<Buffer> {
    const head = this.wavHead;
    if (start < head.length) yield head.subarray(start, end + 1);
    const from = Math.max(start - head.length, 0);
    const to = end + 1 - head.length;
    const chunkBytes = CHUNK_SAMPLES * BYTES_PER_SAMPLE;
    let at = Math.floor(from / chunkBytes) * chunkBytes;
    if (at >= to) return;
    for await (const plain of this.chunks(at / chunkBytes)) {
      const part = plain.subarray(Math.max(from - at, 0), Math.min(to - at, plain.length));
      if (part.length > 0) yield part;
      at += plain.length;
      if (at >= to) return;
    }
  }

  /** The samples of each chunk from number `first` on. @throws UserError `corrupt` */
  private async *chunks(first: number): AsyncGenerator<Buffer> {
    const file = await open(this.path);
    try {
      for (let at = first; at * CHUNK_SAMPLES < this.samples; at++) {
        const samples = Math.min(CHUNK_SAMPLES, this.samples - at * CHUNK_SAMPLES);
        const plain = await readChunk(file, this.key, at, SEAL_BYTES + samples * BYTES_PER_SAMPLE);
        if (plain === null)
          throw new UserError(
            'corrupt',
            `${basename(this.path)} was changed on the disk and cannot be read on; restore it from a backup.`,
          );
        yield plain;
      }
    } finally {
      await file.close();
    }
  }
}

function number(chunk: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(chunk);
  return bytes;
}

async function writeAt(file: FileHandle, position: number, bytes: Buffer): Promise<void> {
  for (let done = 0; done < bytes.length; )
    done += (await file.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** The samples of a chunk of `bytes` sealed bytes; null where it is cut short or not what was written. */
async function readChunk(
  file: FileHandle,
  key: Buffer,
  chunk: number,
  bytes: number,
): Promise<Buffer | null> {
  const sealed = await readAt(file, HEAD_BYTES + chunk * CHUNK_BYTES, bytes);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES));
    decipher.setAAD(number(chunk));
    decipher.setAuthTag(sealed.subarray(NONCE_BYTES, SEAL_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(SEAL_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}

function full(cause: unknown): UserError {
  return new UserError(
    'disk',
    'The recording cannot be written: the disk is full or was removed; what was heard so far is kept.',
    { cause },
  );
}

function unreadable(path: string): UserError {
  return new UserError(
    'unreadable',
    `${basename(path)} cannot be opened: it is no recording of this Sotto, or its key is not in this login's keyring.`,
  );
}
