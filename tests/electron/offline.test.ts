import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_WINDOW, type OpenWindow, openWindow } from './window.ts';

describe.skipIf(NO_WINDOW)('the offline lock', () => {
  let window: OpenWindow;
  let server: Server;
  let address: string;
  let reached = 0;
  beforeAll(async () => {
    // A server that would answer, so that a refusal is the lock's and not the machine's.
    server = createServer((_request, response) => response.end('reached'));
    server.on('connection', () => {
      reached++;
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    window = await openWindow();
  });
  afterAll(async () => {
    await window?.close();
    server.close();
  });

  test('nothing was asked of any network on the way to a usable window', async () => {
    await window.page.getByText('Offline. Nothing leaves this computer.').waitFor();
  });

  test('the page can neither fetch, open a socket, send a beacon nor load an image from a network', async () => {
    const outcomes = await window.page.evaluate(async (url) => {
      const image = new Promise<string>((resolve) => {
        const element = new Image();
        element.onload = () => resolve('loaded');
        element.onerror = () => resolve('refused');
        element.src = `${url}image.png`;
      });
      const socket = new Promise<string>((resolve) => {
        try {
          const opened = new WebSocket(url.replace('http', 'ws'));
          opened.onopen = () => resolve('open');
          opened.onerror = () => resolve('refused');
        } catch {
          resolve('refused');
        }
      });
      const fetched = fetch(url, { mode: 'no-cors' }).then(
        () => 'fetched',
        () => 'refused',
      );
      navigator.sendBeacon(url, 'text');
      return Promise.all([image, socket, fetched]);
    }, address);
    expect(outcomes).toEqual(['refused', 'refused', 'refused']);
    expect(reached).toBe(0);
  });

  test('the main process cannot connect by any of its means, and the window shows that it was refused', async () => {
    const outcomes = await window.app.evaluate(async ({ net, session }, url) => {
      const node = process.mainModule!.require('node:http') as typeof import('node:http');
      const dns = process.mainModule!.require('node:dns') as typeof import('node:dns');
      const byNode = new Promise<string>((resolve) => {
        const request = node.get(url, () => resolve('answered'));
        request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'failed'));
      });
      const byChromium = new Promise<string>((resolve) => {
        const request = net.request({ url, session: session.defaultSession });
        request.on('response', () => resolve('answered'));
        request.on('error', (error) => resolve(error.message));
        request.end();
      });
      let byName = 'answered';
      try {
        dns.lookup('example.org', () => {});
      } catch (error) {
        byName = (error as NodeJS.ErrnoException).code ?? 'failed';
      }
      return [await byNode, await byChromium, byName];
    }, address);
    expect(outcomes).toEqual(['EOFFLINE', 'net::ERR_BLOCKED_BY_CLIENT', 'EOFFLINE']);
    expect(reached).toBe(0);
    await window.page.getByText(/^Offline\. [3-9] network requests refused\.$/).waitFor();
  });

  test('the page can open no window, leave for no other page and get no permission', async () => {
    const { page, app } = window;
    const opened = await page.evaluate((url) => globalThis.open(url) === null, address);
    expect(opened).toBe(true);
    await page.evaluate((url) => {
      location.href = url;
    }, address);
    expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied');
    expect(page.url()).toBe('sotto://app/index.html');
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    expect(reached).toBe(0);
  });

  test('the page has no Node and reads no file that was not chosen', async () => {
    const found = await window.page.evaluate(async () => {
      const answers = await Promise.all(
        [
          'sotto://app/media/00000000000000000000000000000000',
          'sotto://app/../../package.json',
          'sotto://app/%2e%2e/%2e%2e/package.json',
          'file:///etc/passwd',
        ].map((url) =>
          fetch(url).then(
            (response) => response.status,
            () => 'refused',
          ),
        ),
      );
      return { answers, node: 'require' in globalThis || 'process' in globalThis };
    });
    expect(found).toEqual({ answers: [404, 404, 404, 'refused'], node: false });
  });

  test('calls that are not in the contract or do not match it are refused', async () => {
    const replies = await window.page.evaluate(async () => {
      const bridge = (
        globalThis as unknown as { sotto: { call(name: string, input: unknown): Promise<unknown> } }
      ).sotto;
      return [
        await bridge.call('readFile', { path: '/etc/passwd' }),
        await bridge.call('cancelJob', { job: '../../etc' }),
        await bridge.call('__proto__', {}),
      ];
    });
    for (const reply of replies) expect(reply).toMatchObject({ ok: false, failure: { code: 'usage' } });
  });
});
