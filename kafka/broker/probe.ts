import { connect as connectTcp, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';

const API_VERSIONS = 18;
const METADATA = 3;
const CLIENT_ID = 'crosscurrent-probe';

export interface ProbeOptions {
  readonly timeoutMs: number;
  /** Speak TLS with these options. */
  readonly tls?: ConnectionOptions;
  /** Also ask for metadata, which a listener with SASL refuses before the login. */
  readonly metadata: boolean;
}

/**
 * Asks a broker for its ApiVersions and, if wanted, its metadata: that a port accepts a connection says nothing yet. Resolves
 * when the cluster in the answer has at least one usable broker; rejects with a plain Error that says what happened.
 * The client library is left out since a broker that is starting would make it log and back off.
 */
export async function probeBroker(host: string, port: number, options: ProbeOptions): Promise<void> {
  const socket = options.tls ? connectTls({ host, port, ...options.tls }) : connectTcp({ host, port });
  try {
    await opened(socket, options.tls === undefined ? 'connect' : 'secureConnect', options.timeoutMs);
    const versions = await ask(socket, API_VERSIONS, 0, Buffer.alloc(0), options.timeoutMs);
    const error = versions.readInt16BE(0);
    if (error !== 0) throw new Error(`ApiVersions was answered with error ${error}`);
    if (!options.metadata) return;
    const noTopics = Buffer.alloc(4);
    const metadata = await ask(socket, METADATA, 1, noTopics, options.timeoutMs);
    if (metadata.readInt32BE(0) < 1) throw new Error('no broker of the cluster is ready');
  } finally {
    socket.destroy();
  }
}

function opened(socket: Socket, event: 'connect' | 'secureConnect', timeoutMs: number): Promise<void> {
  return settle(socket, timeoutMs, (resolve) => socket.once(event, () => resolve(undefined)));
}

/** One request with header version 1, and the body of its answer. */
function ask(
  socket: Socket,
  apiKey: number,
  version: number,
  body: Buffer,
  timeoutMs: number,
): Promise<Buffer> {
  const header = Buffer.alloc(14 + CLIENT_ID.length);
  header.writeInt32BE(10 + CLIENT_ID.length + body.length, 0);
  header.writeInt16BE(apiKey, 4);
  header.writeInt16BE(version, 6);
  header.writeInt32BE(apiKey, 8);
  header.writeInt16BE(CLIENT_ID.length, 12);
  header.write(CLIENT_ID, 14);
  return settle(socket, timeoutMs, (resolve, reject) => {
    let received: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 8) return;
      const length = received.readInt32BE(0);
      if (received.readInt32BE(4) !== apiKey || length > 1 << 20)
        reject(new Error('the answer is not of the Kafka protocol'));
      else if (received.length >= length + 4) resolve(received.subarray(8, length + 4));
    });
    socket.write(Buffer.concat([header, body]));
  });
}

/** Runs one exchange on the socket, ended also by its failure, its closing, or the time limit. */
async function settle<Value>(
  socket: Socket,
  timeoutMs: number,
  start: (resolve: (value: Value) => void, reject: (reason: Error) => void) => void,
): Promise<Value> {
  const { promise, resolve, reject } = Promise.withResolvers<Value>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  const closed = () => reject(new Error('the connection was closed'));
  // Stays: an error after the exchange must not become an uncaught one.
  socket.on('error', reject);
  socket.once('close', closed);
  try {
    start(resolve, reject);
    return await promise;
  } finally {
    clearTimeout(timer);
    socket.removeListener('close', closed).removeAllListeners('data');
  }
}
