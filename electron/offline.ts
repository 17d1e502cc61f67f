import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';

let refused = 0;
const listeners = new Set<(count: number) => void>();

/** Counts a refused request; the count is shown to the person. */
export function countRefusal(times = 1): void {
  refused += times;
  for (const listener of listeners) listener(refused);
}

/** How many requests to a network were refused since the start of this process. */
export function refusedRequests(): number {
  return refused;
}

export function onRefusal(listener: (count: number) => void): void {
  listeners.add(listener);
}

class OfflineError extends Error {
  readonly code = 'EOFFLINE';
  constructor() {
    super('Sotto works offline: it opens no network connection.');
    this.name = 'OfflineError';
  }
}

/**
 * Takes the network away from this Node process: every TCP or TLS connection (http, https, fetch and WebSocket go
 * through `net.Socket.connect`), every datagram and every DNS query fails with `EOFFLINE`. Pipes between this
 * program's own processes and listening sockets stay.
 */
export function lockNode(): void {
  const connect = net.Socket.prototype.connect as (...args: unknown[]) => net.Socket;
  net.Socket.prototype.connect = function offlineConnect(this: net.Socket, ...args: unknown[]): net.Socket {
    if (isPipe(args)) return connect.apply(this, args);
    countRefusal();
    process.nextTick(() => this.destroy(new OfflineError()));
    return this;
  } as typeof net.Socket.prototype.connect;

  const refuse = (): never => {
    countRefusal();
    throw new OfflineError();
  };
  for (const method of ['bind', 'connect', 'send'] as const) dgram.Socket.prototype[method] = refuse;

  const refuseLater = async (): Promise<never> => refuse();
  for (const [queries, answer] of [
    [dns, refuse],
    [dns.Resolver.prototype, refuse],
    [dns.promises, refuseLater],
    [dns.promises.Resolver.prototype, refuseLater],
  ] as const) {
    const names = Object.getOwnPropertyNames(queries).filter((name) =>
      /^(lookup|resolve|reverse)/.test(name),
    );
    for (const name of names) Object.assign(queries, { [name]: answer });
  }
}

/** Whether the arguments of `Socket.connect` name a pipe: `(path)`, `({ path })`, or either as Node's normalised array. */
function isPipe(args: readonly unknown[]): boolean {
  const first = Array.isArray(args[0]) ? (args[0] as unknown[])[0] : args[0];
  if (typeof first === 'string') return !/^\d+$/.test(first);
  return (
    typeof first === 'object' && first !== null && typeof (first as { path?: unknown }).path === 'string'
  );
}
