import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { EmbeddedLogConnection } from '../port/index.ts';
import { answer } from './answer.ts';
import { readFrames, writeFrame } from './frames.ts';
import { LogStore } from './log-store.ts';
import type { LogRequest, Parcel } from './protocol.ts';

const HOST = '127.0.0.1';

export interface EmbeddedLog {
  readonly connection: EmbeddedLogConnection;
  readonly store: LogStore;
  /** Ends all connections; the records are gone. */
  stop(): Promise<void>;
}

/** Serves a new, empty log on a free port of loopback, for the processes and threads of a run. */
export async function startEmbeddedLog(): Promise<EmbeddedLog> {
  const store = new LogStore();
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    serve(store, socket);
  });
  server.listen(0, HOST);
  await once(server, 'listening');
  return {
    connection: { kind: 'embedded-log', host: HOST, port: (server.address() as AddressInfo).port },
    store,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
      store.close();
    },
  };
}

function serve(store: LogStore, socket: Socket): void {
  const closing = new AbortController();
  socket.on('error', () => {});
  socket.once('close', () => closing.abort());
  readFrames(socket, (correlationId, parcel) => {
    answer(store, parcel as Parcel<LogRequest>, closing.signal)
      .then((reply) => {
        if (!socket.destroyed) writeFrame(socket, correlationId, reply);
      })
      // Not a failure of the log, which has a reply: a peer that speaks something else.
      .catch(() => socket.destroy());
  });
}
