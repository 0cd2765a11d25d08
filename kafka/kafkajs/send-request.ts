import type { Connection } from './internals.ts';
import { WireWriter } from './wire.ts';

export interface RawRequest {
  readonly apiKey: number;
  readonly apiName: string;
  readonly apiVersion: number;
  /** Behind the request's header; written to the socket one after another, without being copied together. */
  readonly body: readonly Buffer[];
  /** False for acks 0: the broker does not answer. */
  readonly expectResponse: boolean;
  /** How long the broker may hold the request back, milliseconds, on top of the usual time-out. */
  readonly holdMs?: number;
}

const NETWORK_ALLOWANCE_MS = 5_000;

/**
 * Sends a request through kafkajs's queue (correlation, time-out, throttling), before this call returns, so that requests
 * leave in the order of the calls; kafkajs's own `send` copies a request three times. Resolves with the response behind its
 * header. The chunks may be reused once it has settled.
 */
export function sendRequest(connection: Connection, request: RawRequest): Promise<Buffer> {
  const { apiKey, apiName, apiVersion, body, expectResponse, holdMs } = request;
  return new Promise((resolve, reject) => {
    const correlationId = connection.nextCorrelationId();
    const header = new WireWriter()
      .int32(0)
      .int16(apiKey)
      .int16(apiVersion)
      .int32(correlationId)
      .string(connection.clientId)
      .bytes();
    let size = header.length - 4;
    for (const chunk of body) size += chunk.length;
    header.writeInt32BE(size, 0);
    connection.requestQueue.push({
      entry: {
        apiKey,
        apiName,
        apiVersion,
        correlationId,
        resolve: ({ payload }) => resolve(payload ?? Buffer.alloc(0)),
        reject,
      },
      expectResponse,
      requestTimeout: holdMs === undefined ? null : holdMs + NETWORK_ALLOWANCE_MS,
      sendRequest: () => {
        const { socket } = connection;
        socket.cork();
        socket.write(header);
        for (const chunk of body) socket.write(chunk);
        socket.uncork();
      },
    });
  });
}
