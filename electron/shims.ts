import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { protocol } from 'electron';

/**
 * The app ships on Electron 45 and is tested on Electron 22; calls of the main process that differ between them are
 * made here, the modern one first (the preload, which may load nothing but Electron, has its own).
 */

/** An answer to a request on the app's own scheme. */
export interface SchemeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A file, whole or from `start` to `end` (inclusive), a stream, or nothing. */
  readonly body:
    | { readonly path: string; readonly start?: number; readonly end?: number }
    | { stream(): Readable }
    | null;
}

export interface SchemeRequest {
  readonly url: string;
  readonly method: string;
  /** The Range header, or null. */
  readonly range: string | null;
}

/** Answers every request on `scheme`. */
export function handleScheme(
  scheme: string,
  answer: (request: SchemeRequest) => Promise<SchemeResponse>,
): void {
  // `protocol.handle` came with Electron 25.
  const modern = protocol.handle as typeof protocol.handle | undefined;
  if (modern) {
    modern.call(protocol, scheme, async (request) => {
      const range = request.headers.get('range');
      const { status, headers, body } = await answer({ url: request.url, method: request.method, range });
      const stream = body === null ? null : (Readable.toWeb(open(body)) as ReadableStream<Uint8Array>);
      return new Response(stream, { status, headers });
    });
    return;
  }
  protocol.registerStreamProtocol(scheme, (request, respond) => {
    const headerName = Object.keys(request.headers).find((name) => name.toLowerCase() === 'range');
    const range = headerName === undefined ? null : (request.headers[headerName] ?? null);
    answer({ url: request.url, method: request.method, range }).then(
      ({ status, headers, body }) =>
        respond({
          statusCode: status,
          headers: { ...headers },
          data: body === null ? Readable.from([]) : open(body),
        }),
      () => respond({ statusCode: 500, data: Readable.from([]) }),
    );
  });
}

/** The bytes of a body. */
function open(body: NonNullable<SchemeResponse['body']>): Readable {
  if ('stream' in body) return body.stream();
  return createReadStream(body.path, { start: body.start, end: body.end });
}
