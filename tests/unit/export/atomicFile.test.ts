import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import { writeAtomically, writeFileAtomically } from '../../../core/export/atomicFile.ts';

/** The code that the next system call of that name fails with; root may write anywhere and disks are seldom full. */
const failing = vi.hoisted(() => new Map<'open' | 'write' | 'sync' | 'rename', string>());

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const fail = (name: 'open' | 'write' | 'sync' | 'rename') => {
    const code = failing.get(name);
    if (code !== undefined) throw Object.assign(new Error(`${code}: simulated`), { code });
  };
  return {
    ...real,
    open: async (...given: Parameters<typeof real.open>) => {
      if (given[1] !== undefined) fail('open');
      const handle = await real.open(...given);
      const write = handle.write.bind(handle) as (...args: unknown[]) => unknown;
      const sync = handle.sync.bind(handle);
      handle.write = (async (bytes: Uint8Array, offset: number, length: number, position: number) => {
        fail('write');
        // As a disk may: not everything at once.
        return write(bytes, offset, Math.ceil(length / 2), position);
      }) as typeof handle.write;
      handle.sync = async () => {
        fail('sync');
        return sync();
      };
      return handle;
    },
    rename: async (...given: Parameters<typeof real.rename>) => {
      fail('rename');
      return real.rename(...given);
    },
  };
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-'));
});
afterEach(async () => {
  failing.clear();
  await rm(folder, { recursive: true });
});

const bytes = new TextEncoder().encode('a finished file');

async function refusal(attempt: Promise<void>): Promise<UserError> {
  const error = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  expect((error as UserError).code).toBe('disk');
  return error as UserError;
}

describe('writing a file atomically', () => {
  it('writes all bytes, also where the disk takes them piece by piece, and leaves nothing else', async () => {
    await writeFileAtomically(join(folder, 'a.txt'), bytes);
    expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('a finished file');
    expect(await readdir(folder)).toEqual(['a.txt']);
  });

  it('replaces an older file', async () => {
    await writeFile(join(folder, 'a.txt'), 'something older and longer than the new file');
    await writeFileAtomically(join(folder, 'a.txt'), bytes);
    expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('a finished file');
  });

  it('writes at positions and then goes on at the end', async () => {
    await writeAtomically(join(folder, 'a.txt'), async (file) => {
      await file.write(Buffer.from('__bc'), 2);
      await file.write(Buffer.from('de'));
      await file.write(Buffer.from('aa'), 0);
      await file.write(Buffer.from('f'));
    });
    expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('aa__bcdef');
  });

  it('shows nothing under its name before it is whole', async () => {
    await writeFile(join(folder, 'a.txt'), 'older');
    await writeAtomically(join(folder, 'a.txt'), async (file) => {
      await file.write(bytes);
      expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('older');
    });
  });

  it('leaves the older file and nothing else when what fills it fails, and passes the reason on', async () => {
    await writeFile(join(folder, 'a.txt'), 'older');
    const reason = new Error('cancelled');
    const attempt = writeAtomically(join(folder, 'a.txt'), async (file) => {
      await file.write(bytes);
      throw reason;
    });
    await expect(attempt).rejects.toBe(reason);
    expect(await readdir(folder)).toEqual(['a.txt']);
    expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('older');
  });

  it('lets nobody else read it until it is checked', async () => {
    const mode = async (path: string) => (await stat(path)).mode & 0o777;
    const path = join(folder, 'a.wav');
    await writeFile(join(folder, 'plain'), '');
    let seen = '';
    await writeAtomically(
      path,
      (file) => file.write(bytes),
      async (temporary) => {
        seen = await readFile(temporary, 'utf8');
        expect(await readdir(folder)).toEqual([basename(temporary), 'plain']);
        expect(temporary).not.toMatch(/wav/);
        if (process.platform !== 'win32') expect(await mode(temporary)).toBe(0o600);
      },
    );
    expect(seen).toBe('a finished file');
    expect(await mode(path)).toBe(await mode(join(folder, 'plain')));
    const refused = writeAtomically(
      path,
      (file) => file.write(Buffer.from('another')),
      async () => {
        throw new Error('a name is heard');
      },
    );
    await expect(refused).rejects.toThrow('a name is heard');
    expect(await readFile(path, 'utf8')).toBe('a finished file');
    expect(await readdir(folder)).toEqual(['a.wav', 'plain']);
  });

  it.each([
    ['open', 'EACCES', 'a.txt could not be written: the folder may not be written; choose another folder.'],
    ['open', 'EROFS', 'a.txt could not be written: the disk is read-only; choose another folder.'],
    ['write', 'ENOSPC', 'a.txt could not be written: the disk is full; make room and try again.'],
    [
      'sync',
      'EDQUOT',
      'a.txt could not be written: your space on this disk is used up; make room and try again.',
    ],
    ['sync', 'EIO', 'a.txt could not be written: the disk reports EIO; try another folder.'],
    [
      'rename',
      'EBUSY',
      'a.txt could not be written: another program uses it; close that program and try again.',
    ],
  ] as const)(
    'says plainly when %s fails with %s, and leaves what was there',
    async (call, code, sentence) => {
      await writeFile(join(folder, 'a.txt'), 'older');
      failing.set(call, code);
      expect((await refusal(writeFileAtomically(join(folder, 'a.txt'), bytes))).message).toBe(sentence);
      expect(await readdir(folder)).toEqual(['a.txt']);
      expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('older');
    },
  );

  it('says plainly when there is no such folder, or a folder of that name', async () => {
    const missing = await refusal(writeFileAtomically(join(folder, 'none', 'a.txt'), bytes));
    expect(missing.message).toBe(
      'a.txt could not be written: the folder does not exist; choose another folder.',
    );
    const taken = await refusal(writeFileAtomically(folder, bytes));
    expect(taken.message).toMatch(/could not be written: a folder of that name is already there/);
  });

  it('takes names as long as the disk does', async () => {
    const name = `${'ä'.repeat(125)}.txt`;
    await writeFileAtomically(join(folder, name), bytes);
    expect(await readdir(folder)).toEqual([name]);
    await refusal(writeFileAtomically(join(folder, `${name}${'x'.repeat(100)}`), bytes));
    expect(await readdir(folder)).toEqual([name]);
  });
});
