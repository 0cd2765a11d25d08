import { CrosscurrentError } from '../../errors/index.ts';
import type { LogStore } from './log-store.ts';
import type { ProducerIdentity } from './producer-registry.ts';
import type { LogReply, LogRequest, OutgoingBatch, Parcel } from './protocol.ts';

const NOTHING: Buffer = Buffer.alloc(0);

/** Carries out a request on the store. Takes over the payload. Everything but a waiting fetch is done before it returns. */
export async function answer(
  store: LogStore,
  { message, payload }: Parcel<LogRequest>,
  signal: AbortSignal,
): Promise<Parcel<LogReply>> {
  try {
    if (message.type === 'fetch') return await fetchWaiting(store, message, signal);
    return { message: answerAtOnce(store, message, payload), payload: NOTHING };
  } catch (failure) {
    if (!(failure instanceof CrosscurrentError)) throw failure;
    return { message: { type: 'failed', code: failure.code, details: failure.details }, payload: NOTHING };
  }
}

function answerAtOnce(
  store: LogStore,
  request: Exclude<LogRequest, { type: 'fetch' }>,
  payload: Buffer,
): LogReply {
  switch (request.type) {
    case 'create-topics':
      store.createTopics(request.topics);
      return { type: 'done' };
    case 'delete-topics':
      store.deleteTopics(request.topics);
      return { type: 'done' };
    case 'end-offsets':
      return { type: 'offsets', offsets: store.endOffsets(request.topic, request.isolation) };
    case 'committed-offsets': {
      const offsets = store.committedOffsets(request.group, request.topic);
      return { type: 'committed', offsets: offsets.map((offset) => offset ?? null) };
    }
    case 'register-producer':
      return {
        type: 'producer',
        producer: store.registerProducer(request.transactionalId, request.timeoutMs),
      };
    case 'append':
      appendAll(store, request.batches, request.producer, payload);
      return { type: 'done' };
    case 'end-transaction':
      store.endTransaction(request.producer, request.outcome, request.offsets);
      return { type: 'done' };
  }
}

function appendAll(
  store: LogStore,
  batches: readonly OutgoingBatch[],
  producer: ProducerIdentity | undefined,
  payload: Buffer,
): void {
  let at = 0;
  for (const { topic, partition, count, length } of batches) {
    store.append(topic, partition, payload.subarray(at, at + length), count, producer);
    at += length;
  }
}

async function fetchWaiting(
  store: LogStore,
  { query, maxWaitMs }: LogRequest & { type: 'fetch' },
  signal: AbortSignal,
): Promise<Parcel<LogReply>> {
  const deadline = performance.now() + maxWaitMs;
  let slices = store.fetch(query);
  for (
    let leftMs = maxWaitMs;
    slices.length === 0 && leftMs > 0 && !signal.aborted;
    leftMs = deadline - performance.now()
  ) {
    await store.changed(leftMs, signal);
    slices = store.fetch(query);
  }
  const bytes = slices.flatMap((slice) => slice.bytes);
  const returned = slices.map(({ topic, partition, nextOffset, highWatermark, bytes }) => ({
    topic,
    partition,
    nextOffset,
    highWatermark,
    length: bytes.reduce((sum, batch) => sum + batch.length, 0),
  }));
  return { message: { type: 'fetched', slices: returned }, payload: Buffer.concat(bytes) };
}
