import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { freePorts } from '../../java/index.ts';
import { openBroker } from './open-broker.ts';
import { probeBroker } from './probe.ts';

const servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

/** A server of our own on loopback that answers each request by the function. */
async function listen(answer: (socket: Socket, apiKey: number) => void): Promise<number> {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('data', (chunk) => answer(socket, chunk.readInt16BE(4)));
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function frame(correlationId: number, body: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.writeInt32BE(4 + body.length, 0);
  header.writeInt32BE(correlationId, 4);
  return Buffer.concat([header, body]);
}

const options = { timeoutMs: 2_000, metadata: true };

describe('probeBroker', () => {
  test('is content with a cluster that has a broker, also when the answer comes in pieces', async () => {
    const port = await listen((socket, apiKey) => {
      const answer = frame(apiKey, apiKey === 18 ? Buffer.alloc(6) : Buffer.from([0, 0, 0, 1]));
      socket.write(answer.subarray(0, 5));
      setImmediate(() => socket.write(answer.subarray(5)));
    });
    await probeBroker('127.0.0.1', port, options);
  });

  test.each([
    ['a cluster without a broker', (key: number) => frame(key, Buffer.alloc(8)), 'no broker of the cluster'],
    ['an error', (key: number) => frame(key, Buffer.from([0, 35])), 'error 35'],
    ['another protocol', () => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'), 'not of the Kafka protocol'],
  ])('refuses %s', async (_, answer, message) => {
    const port = await listen((socket, apiKey) => socket.write(answer(apiKey)));
    await expect(probeBroker('127.0.0.1', port, options)).rejects.toThrow(message);
  });

  test('refuses one that accepts and says nothing, and one that hangs up', async () => {
    const silent = await listen(() => {});
    await expect(probeBroker('127.0.0.1', silent, { ...options, timeoutMs: 30 })).rejects.toThrow(
      'no answer',
    );
    const rude = await listen((socket) => socket.end());
    await expect(probeBroker('127.0.0.1', rude, options)).rejects.toThrow('closed');
  });

  test('openBroker turns it into KAFKA_UNREACHABLE', async () => {
    const [port] = await freePorts(1);
    await expect(openBroker({ choice: `127.0.0.1:${port}` })).rejects.toMatchObject({
      code: 'KAFKA_UNREACHABLE',
    });
  });
});
