import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Loopback, startLoopback } from './loopback.ts';

describe('the loopback host', () => {
  let loopback: Loopback;
  let url: URL;
  let token: string;
  beforeAll(async () => {
    loopback = await startLoopback('--browser');
    url = new URL(loopback.address);
    token = url.hash.slice(1);
  });
  afterAll(() => loopback?.close());

  /** The status of a call with these headers in place of the right ones. */
  function statusOf(headers: Record<string, string>, path = '/rpc/state', method = 'POST'): Promise<number> {
    return new Promise((resolve, reject) => {
      const call = request(
        {
          host: '127.0.0.1',
          port: url.port,
          path,
          method,
          headers: { host: url.host, 'x-sotto-token': token, 'content-type': 'application/json', ...headers },
        },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      call.on('error', reject);
      call.end(method === 'POST' ? '{}' : undefined);
    });
  }

  test('answers a call that has the token and names this address', async () => {
    expect(await statusOf({})).toBe(200);
    expect(await statusOf({ origin: url.origin })).toBe(200);
  });

  test('refuses calls and events without the token or with a wrong one', async () => {
    expect(await statusOf({ 'x-sotto-token': '' })).toBe(403);
    expect(
      await statusOf({ 'x-sotto-token': token.replace(/.$/, (last) => (last === '0' ? '1' : '0')) }),
    ).toBe(403);
    expect(await statusOf({ 'x-sotto-token': '' }, '/events', 'GET')).toBe(403);
  });

  test('refuses another Host, so that a name that resolves to this machine reaches nothing', async () => {
    for (const host of [
      'rebound.example',
      `rebound.example:${url.port}`,
      `localhost:${url.port}`,
      '127.0.0.1',
    ])
      expect(await statusOf({ host }), host).toBe(403);
  });

  test('refuses other origins even with the token', async () => {
    for (const origin of ['https://example.org', 'null', `http://localhost:${url.port}`])
      expect(await statusOf({ origin }), origin).toBe(403);
  });

  test('serves nothing outside the interface, and no download that was not offered', async () => {
    for (const path of [
      '/../../package.json',
      '/%2e%2e/node/start.cjs',
      '/assets/%00',
      `/download/${'0'.repeat(32)}`,
    ])
      expect(await statusOf({}, path, 'GET'), path).toBe(404);
    expect(await statusOf({}, '/', 'GET')).toBe(200);
  });

  test('listens on the loopback address alone and sends a strict policy with the page', async () => {
    expect(url.hostname).toBe('127.0.0.1');
    const response = await fetch(new URL('/', url));
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });
});
