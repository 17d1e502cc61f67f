import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Tries every way out of Node and prints how each ended; in a process of its own, since the lock has no key. */
const ATTEMPTS = `
  import http from 'node:http'; import https from 'node:https'; import net from 'node:net'; import tls from 'node:tls';
  import dgram from 'node:dgram'; import dns from 'node:dns';
  import { lockNode, refusedRequests } from './electron/offline.ts';
  const port = Number(process.env.PORT);
  lockNode();
  const failed = (emitter) => new Promise((done) => {
    emitter.on('error', (error) => done(error.code));
    for (const event of ['connect', 'response', 'secureConnect']) emitter.on(event, () => done('connected'));
  });
  const thrown = (attempt) => { try { attempt(); return 'done'; } catch (error) { return error.code; } };
  console.log(JSON.stringify([
    await failed(http.get({ host: '127.0.0.1', port })),
    await failed(https.get({ host: '127.0.0.1', port })),
    await failed(net.connect(port, '127.0.0.1')),
    await failed(tls.connect(port, '127.0.0.1')),
    await fetch('http://127.0.0.1:' + port).then(() => 'connected', (error) => error.cause.code),
    thrown(() => dgram.createSocket('udp4').send('x', port, '127.0.0.1')),
    thrown(() => dns.lookup('localhost', () => {})),
    await dns.promises.resolve('localhost').then(() => 'done', (error) => error.code),
    refusedRequests() >= 8,
  ]));
`;

test('a locked process reaches no server by http, https, tcp, tls, fetch, udp or dns, and counts the attempts', async () => {
  let reached = 0;
  const server = createServer((_request, response) => response.end());
  server.on('connection', () => reached++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const output = execFileSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', ATTEMPTS],
    {
      cwd: join(import.meta.dirname, '..', '..', '..'),
      env: { ...process.env, PORT: String(port) },
      encoding: 'utf8',
    },
  );
  server.close();
  expect(JSON.parse(output)).toEqual([...Array.from({ length: 8 }, () => 'EOFFLINE'), true]);
  expect(reached).toBe(0);
});
