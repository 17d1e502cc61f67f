import { createHash, timingSafeEqual } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerCall } from './answerCall.ts';
import { unpackAudio } from './audioFrames.ts';
import type { Downloads } from './downloads.ts';
import { RENDERER_FOLDER } from './folders.ts';
import type { AppHost } from './host.ts';
import { newId } from './ids.ts';
import { PAGE_HEADERS, pageFile, recording } from './scheme.ts';

/** Larger than any transcript; samples come in blocks of a second or so. */
const BODY_LIMIT = 256 * 2 ** 20;

/** The interface in the local browser, where Electron cannot be had. */
export interface LoopbackServer {
  /** With the token in the fragment, which no browser sends anywhere. */
  readonly address: string;
  close(): void;
}

/**
 * Serves the interface on 127.0.0.1 at a port of the system's choice. Calls, events and audio need the token; every
 * request must name this address as its Host, and its Origin if it has one, so that neither another page in the
 * browser nor a name that resolves to 127.0.0.1 (DNS rebinding) reaches anything.
 */
export async function serve(host: AppHost, downloads: Downloads): Promise<LoopbackServer> {
  const token = newId();
  let authority = '';
  let events: ServerResponse | null = null;

  const server = createServer((request, response) => {
    void answer(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500, PAGE_HEADERS);
      response.end();
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { origin } = request.headers;
    const sameOrigin = origin === undefined || origin === `http://${authority}`;
    if (request.headers.host !== authority || !sameOrigin) return end(response, 403);
    const url = new URL(request.url ?? '/', `http://${authority}`);
    const download = /^\/download\/([0-9a-f]{32})$/.exec(url.pathname);
    if (request.method === 'GET' && download) return sendDownload(download[1]!, response);
    if (url.pathname === '/events' || url.pathname.startsWith('/rpc/')) {
      if (!sameSecret(request.headers['x-sotto-token'], token)) return end(response, 403);
      if (url.pathname === '/events') return sendEvents(request, response);
      if (request.method === 'POST') return sendReply(url.pathname.slice('/rpc/'.length), request, response);
    }
    const media = /^\/media\/([0-9a-f]{32})$/.exec(url.pathname);
    if (request.method === 'GET' && media) return sendMedia(media[1]!, request.headers.range, response);
    if (request.method === 'GET') return sendPage(url.pathname, response);
    return end(response, 404);
  }

  /** One page at a time, since a recording can be decoded only by the page that was given its file. */
  function sendEvents(request: IncomingMessage, response: ServerResponse): void {
    events?.end();
    events = response;
    response.writeHead(200, { ...PAGE_HEADERS, 'content-type': 'text/event-stream' });
    response.write(': connected\n\n');
    const stop = host.listen((event) => response.write(`data: ${JSON.stringify(event)}\n\n`));
    request.on('close', () => {
      stop();
      if (events === response) events = null;
      host.interfaceLost();
    });
  }

  async function sendReply(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (body === null) return end(response, 413);
    const binary = request.headers['content-type'] === 'application/octet-stream';
    const input: unknown = binary ? unpackAudio(body) : JSON.parse(body.toString('utf8'));
    const reply = await answerCall(host.calls, name, input);
    response.writeHead(200, { ...PAGE_HEADERS, 'content-type': 'application/json' });
    response.end(JSON.stringify(reply));
  }

  /** The id cannot be guessed and works once, so a plain link can fetch it. */
  function sendDownload(id: string, response: ServerResponse): void {
    const download = downloads.take(id);
    if (download === null) {
      end(response, 404);
      return;
    }
    const filename = encodeURIComponent(download.name);
    response.writeHead(200, {
      ...PAGE_HEADERS,
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${filename}`,
    });
    createReadStream(download.path)
      .on('close', () => void downloads.discard(download))
      .on('error', () => response.destroy())
      .pipe(response);
  }

  /** The id cannot be guessed, so a player can fetch it; only what was recorded in the app has a path here. */
  async function sendMedia(id: string, range: string | undefined, response: ServerResponse): Promise<void> {
    const { status, headers, body } = await recording(await host.recording(id), range ?? null);
    response.writeHead(status, { ...PAGE_HEADERS, ...headers });
    if (body === null || !('stream' in body)) response.end();
    else
      body
        .stream()
        .on('error', () => response.destroy())
        .pipe(response);
  }

  async function sendPage(path: string, response: ServerResponse): Promise<void> {
    const file = await pageFile(RENDERER_FOLDER, path);
    if (file === null) return end(response, 404);
    response.writeHead(200, { ...PAGE_HEADERS, 'content-type': file.type, 'content-length': file.bytes });
    createReadStream(file.path).pipe(response);
  }

  await listen(server);
  authority = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    address: `http://${authority}/#${token}`,
    close() {
      events?.end();
      server.close();
    },
  };
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, PAGE_HEADERS);
  response.end();
}

/** Compares without telling by its time where two secrets differ. */
function sameSecret(given: string | string[] | undefined, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(secret));
}

/** The whole body, null when it is larger than anything the interface sends. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += (chunk as Buffer).length;
    if (length > BODY_LIMIT) return null;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
