import { once } from 'node:events';
import { connect } from 'node:net';
import type { CrosscurrentError } from '../../errors/index.ts';
import { kafkaErrors } from '../errors.ts';
import type { EmbeddedLogConnection } from '../port/index.ts';
import { answer } from './answer.ts';
import { readFrames, writeFrame } from './frames.ts';
import type { LogStore } from './log-store.ts';
import type { LogReply, LogRequest, LogTransport, Parcel } from './protocol.ts';

const NOTHING: Buffer = Buffer.alloc(0);

/** Requests to a store of this process. */
export function inProcessTransport(store: LogStore): LogTransport {
  const closing = new AbortController();
  return {
    request: async (message, payload = NOTHING) => {
      if (closing.signal.aborted) throw kafkaErrors.error('KAFKA_CLIENT_CLOSED', { part: 'Kafka client' });
      return orThrow(await answer(store, { message, payload }, closing.signal));
    },
    close: async () => closing.abort(),
  };
}

/** Requests over one TCP connection. Fails with KAFKA_UNREACHABLE if nobody answers. */
export async function tcpTransport({ host, port }: EmbeddedLogConnection): Promise<LogTransport> {
  const address = `${host}:${port}`;
  const socket = connect({ host, port, noDelay: true });
  await once(socket, 'connect').catch((failure: Error) => {
    throw kafkaErrors.error('KAFKA_UNREACHABLE', { address, reason: failure.message });
  });
  const waiting = new Map<number, PromiseWithResolvers<Parcel<LogReply>>>();
  let lastId = 0;
  let gone: CrosscurrentError | undefined;
  readFrames(socket, (correlationId, parcel) => {
    waiting.get(correlationId)?.resolve(parcel as Parcel<LogReply>);
    waiting.delete(correlationId);
  });
  socket.on('error', () => {});
  socket.once('close', () => {
    gone ??= kafkaErrors.error('KAFKA_UNREACHABLE', { address, reason: 'the connection was closed' });
    for (const reply of waiting.values()) reply.reject(gone);
    waiting.clear();
  });
  return {
    request: async (message, payload = NOTHING) => {
      if (gone !== undefined) throw gone;
      lastId = (lastId + 1) >>> 0;
      const reply = Promise.withResolvers<Parcel<LogReply>>();
      waiting.set(lastId, reply);
      writeFrame(socket, lastId, { message: message satisfies LogRequest, payload });
      return orThrow(await reply.promise);
    },
    close: async () => {
      gone ??= kafkaErrors.error('KAFKA_CLIENT_CLOSED', { part: 'Kafka client' });
      if (socket.closed) return;
      const closed = once(socket, 'close');
      socket.destroy();
      await closed;
    },
  };
}

function orThrow(parcel: Parcel<LogReply>): Parcel<LogReply> {
  const { message } = parcel;
  if (message.type !== 'failed') return parcel;
  throw kafkaErrors.error(message.code as keyof typeof kafkaErrors.table, message.details);
}
