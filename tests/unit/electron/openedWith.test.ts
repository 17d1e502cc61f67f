import { describe, expect, test } from 'vitest';
import { openedWith } from '../../../electron/openedWith.ts';

describe('files that Sotto is started with', () => {
  test('are what a package is given besides switches, from the folder of the shell', () => {
    const argv = ['/opt/Sotto/sotto', '--no-sandbox', 'call.wav', '/home/me/会议 1.m4a', '../talks'];
    expect(openedWith(argv, null, '/home/me')).toEqual([
      '/home/me/call.wav',
      '/home/me/会议 1.m4a',
      '/home/talks',
    ]);
  });

  test('stand behind the app in a checkout, whatever Electron itself was given', () => {
    const argv = [
      '/usr/lib/electron/electron',
      '-r',
      '/x/keyring.cjs',
      '--inspect=0',
      '/home/me/sotto',
      'call.wav',
    ];
    expect(openedWith(argv, '/home/me/sotto', '/home/me')).toEqual(['/home/me/call.wav']);
    expect(openedWith(['/usr/lib/electron/electron', '.'], '/home/me/sotto', '/home/me/sotto')).toEqual([]);
    expect(openedWith(['/usr/lib/electron/electron', 'elsewhere.wav'], '/home/me/sotto', '/home/me')).toEqual(
      [],
    );
  });
});
