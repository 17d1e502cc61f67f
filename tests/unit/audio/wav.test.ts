import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAudio, openOriginal } from '../../../core/audio/open.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wav-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const PCM = 1;
const FLOAT = 3;
const A_LAW = 6;
const MU_LAW = 7;

interface Wave {
  format: number;
  channels: number;
  rate: number;
  bits: number;
  data: Buffer;
  extensible?: boolean;
  before?: Buffer[];
  dataSize?: number;
  magic?: string;
}

/** A chunk as the RIFF specification lays it out, padded to an even length. */
function chunk(id: string, body: Buffer, size = body.length): Buffer {
  const header = Buffer.alloc(8);
  header.write(id, 'latin1');
  header.writeUInt32LE(size, 4);
  return Buffer.concat([header, body, Buffer.alloc(body.length % 2)]);
}

function formatChunk({ format, channels, rate, bits, extensible }: Wave): Buffer {
  const body = Buffer.alloc(extensible ? 40 : 16);
  const align = channels * Math.ceil(bits / 8);
  body.writeUInt16LE(extensible ? 0xfffe : format, 0);
  body.writeUInt16LE(channels, 2);
  body.writeUInt32LE(rate, 4);
  body.writeUInt32LE(rate * align, 8);
  body.writeUInt16LE(align, 12);
  body.writeUInt16LE(Math.ceil(bits / 8) * 8, 14);
  if (extensible) {
    body.writeUInt16LE(22, 16);
    body.writeUInt16LE(bits, 18);
    body.writeUInt16LE(format, 24);
    body.write('000000001000800000aa00389b71', 26, 'hex');
  }
  return chunk('fmt ', body);
}

function write(name: string, wave: Wave): string {
  const path = join(folder, name);
  const chunks = [
    Buffer.from('WAVE'),
    ...(wave.before ?? []),
    formatChunk(wave),
    chunk('data', wave.data, wave.dataSize),
  ];
  const body = Buffer.concat(chunks);
  const head = Buffer.alloc(8);
  head.write(wave.magic ?? 'RIFF', 'latin1');
  head.writeUInt32LE(wave.magic ? 0xffff_ffff : body.length, 4);
  writeFileSync(path, Buffer.concat([head, body]));
  return path;
}

/** Every channel's samples in one array each. */
async function read(path: string): Promise<number[][]> {
  const audio = await openOriginal(path);
  const channels: number[][] = Array.from({ length: audio.channels }, () => []);
  for await (const block of audio.blocks())
    block.forEach((samples, channel) => {
      channels[channel]!.push(...samples);
    });
  return channels;
}

const bytes = (...values: number[]) => Buffer.from(values);

function int16(...values: number[]): Buffer {
  const buffer = Buffer.alloc(2 * values.length);
  values.forEach((value, i) => {
    buffer.writeInt16LE(value, 2 * i);
  });
  return buffer;
}

describe('WAV files', () => {
  it('are read in 8, 16, 24 and 32-bit integers, scaled to [-1, 1)', async () => {
    const base = { format: PCM, channels: 1, rate: 16_000 };
    expect(await read(write('8.wav', { ...base, bits: 8, data: bytes(0, 128, 192) }))).toEqual([
      [-1, 0, 0.5],
    ]);
    expect(await read(write('16.wav', { ...base, bits: 16, data: int16(-32768, 0, 16384) }))).toEqual([
      [-1, 0, 0.5],
    ]);
    const data24 = bytes(0, 0, 0x80, 0, 0, 0, 0, 0, 0x40, 1, 0, 0, 0xff, 0xff, 0xff);
    expect(await read(write('24.wav', { ...base, bits: 24, data: data24 }))).toEqual([
      [-1, 0, 0.5, 2 ** -23, -(2 ** -23)],
    ]);
    const data32 = bytes(0, 0, 0, 0x80, 0, 0, 0, 0x40);
    expect(await read(write('32.wav', { ...base, bits: 32, data: data32 }))).toEqual([[-1, 0.5]]);
  });

  it('are read in 32 and 64-bit floats, with NaN and infinities as silence', async () => {
    const data = Buffer.alloc(20);
    [0.25, Number.NaN, Number.POSITIVE_INFINITY, -1.5, Number.NEGATIVE_INFINITY].forEach((value, i) => {
      data.writeFloatLE(value, 4 * i);
    });
    const wave = { format: FLOAT, channels: 1, rate: 16_000 };
    expect(await read(write('f32.wav', { ...wave, bits: 32, data }))).toEqual([[0.25, 0, 0, -1.5, 0]]);
    const data64 = Buffer.alloc(16);
    data64.writeDoubleLE(-0.125, 0);
    data64.writeDoubleLE(Number.NaN, 8);
    expect(await read(write('f64.wav', { ...wave, bits: 64, data: data64 }))).toEqual([[-0.125, 0]]);
  });

  it('are read with WAVE_FORMAT_EXTENSIBLE, 20 valid bits in 3 bytes included', async () => {
    const wave = { channels: 1, rate: 48_000, extensible: true };
    expect(await read(write('x20.wav', { ...wave, format: PCM, bits: 20, data: bytes(0, 0, 0xc0) }))).toEqual(
      [[-0.5]],
    );
    const data = Buffer.alloc(4);
    data.writeFloatLE(0.75);
    expect(await read(write('xf.wav', { ...wave, format: FLOAT, bits: 32, data }))).toEqual([[0.75]]);
  });

  it('are read in A-law and mu-law, to the values of ITU-T G.711', async () => {
    const wave = { channels: 1, rate: 8000, bits: 8 };
    const mu = await read(write('mu.wav', { ...wave, format: MU_LAW, data: bytes(0xff, 0x80, 0x00, 0xe8) }));
    expect(mu[0]!.map((sample) => sample * 32768)).toEqual([0, 32124, -32124, 244]);
    const a = await read(write('a.wav', { ...wave, format: A_LAW, data: bytes(0xd5, 0x55, 0xaa, 0x2a) }));
    expect(a[0]!.map((sample) => sample * 32768)).toEqual([8, -8, 32256, -32256]);
  });

  it('are read in big-endian order (RIFX)', async () => {
    const path = join(folder, 'big.wav');
    const header = Buffer.from('52494658000000005741564566 6d742000000010'.replace(' ', ''), 'hex');
    const format = Buffer.from('0001000100003e8000007d0000020010', 'hex');
    writeFileSync(path, Buffer.concat([header, format, Buffer.from('646174610000000480004000', 'hex')]));
    expect(await read(path)).toEqual([[-1, 0.5]]);
  });

  it('keep up to eight channels apart', async () => {
    const data = int16(...Array.from({ length: 16 }, (_, i) => i * 1024));
    const channels = await read(write('8ch.wav', { format: PCM, channels: 8, rate: 44_100, bits: 16, data }));
    expect(channels.map((samples) => samples.map((sample) => sample * 32))).toEqual(
      Array.from({ length: 8 }, (_, channel) => [channel, channel + 8]),
    );
  });

  it('are read whatever chunks stand before the data, of odd length too', async () => {
    const before = [
      chunk('LIST', Buffer.from('INFOISFTabc')),
      chunk('bext', Buffer.alloc(603)),
      chunk('odd!', bytes(7)),
    ];
    const wave = { format: PCM, channels: 1, rate: 16_000, bits: 16, data: int16(8192), before };
    expect(await read(write('chunks.wav', wave))).toEqual([[0.25]]);
  });

  it('are read to their end when the recorder never wrote the size', async () => {
    const wave = { format: PCM, channels: 1, rate: 16_000, bits: 16, data: int16(8192, 16384) };
    for (const dataSize of [0, 0xffff_ffff])
      expect(await read(write('open.wav', { ...wave, dataSize }))).toEqual([[0.25, 0.5]]);
  });

  it('that are cut short give what they have and say so', async () => {
    const path = write('cut.wav', {
      format: PCM,
      channels: 1,
      rate: 8000,
      bits: 16,
      data: Buffer.alloc(32_000),
    });
    truncateSync(path, 44 + 16_001);
    const audio = await openAudio(path);
    let samples = 0;
    for await (const block of audio.blocks()) samples += block.length;
    expect(samples).toBe(16_000);
    expect(audio.duration).toBe(1);
    expect(audio.warnings).toEqual([
      '"cut.wav" ends before its header says it should; the first 1 s were read.',
    ]);
  });

  it('over 4 GB (RF64) are read to their last sample in bounded memory', async () => {
    const path = join(folder, 'large.wav');
    const wave = { format: FLOAT, channels: 8, rate: 192_000, bits: 64, data: Buffer.alloc(0) };
    const frames = 2 ** 26 + 3; // 4.3 GB, nearly all of it a hole in the file
    const dataBytes = frames * 64;
    const ds64 = Buffer.alloc(28);
    ds64.writeBigUInt64LE(BigInt(dataBytes), 8);
    write('large.wav', { ...wave, magic: 'RF64', before: [chunk('ds64', ds64)], dataSize: 0xffff_ffff });
    const handle = await open(path, 'r+');
    const { size } = await handle.stat();
    const last = Buffer.alloc(8);
    last.writeDoubleLE(0.5);
    await handle.write(last, 0, 8, size + dataBytes - 8);
    await handle.close();

    const audio = await openOriginal(path);
    expect(audio.frames).toBe(frames);
    let read = 0;
    let lastBlock: Float32Array[] = [];
    let peak = 0;
    for await (const block of audio.blocks()) {
      read += block[0]!.length;
      lastBlock = block;
      peak = Math.max(peak, process.memoryUsage().arrayBuffers);
    }
    expect(read).toBe(frames);
    expect(lastBlock.map((channel) => channel[channel.length - 1])).toEqual([0, 0, 0, 0, 0, 0, 0, 0.5]);
    expect(peak).toBeLessThan(400e6);
  });
});
