import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { assertVersion, kafkajs, type RequestQueue, SILENT_LOGGER } from './internals.ts';

type QueueClass = new (
  options: object,
) => RequestQueue & { throttleCheckTimeoutId: object | null; destroy(): void; maxInFlightRequests: number };

const options = { logger: SILENT_LOGGER, requestTimeout: 1_000, enforceRequestTimeout: false };

/** The class as kafkajs ships it, loaded a second time and so without the guard. */
function unguardedQueue(): QueueClass {
  const require = createRequire(import.meta.url);
  const path = require.resolve('kafkajs/src/network/requestQueue');
  const kept = require.cache[path];
  delete require.cache[path];
  const fresh = require(path);
  if (kept !== undefined) require.cache[path] = kept;
  return fresh;
}

function entry(correlationId: number) {
  return {
    entry: {
      apiKey: 3,
      apiName: 'Metadata',
      apiVersion: 1,
      correlationId,
      resolve: () => {},
      reject: () => {},
    },
    expectResponse: true,
    requestTimeout: null,
    sendRequest: () => {},
  };
}

describe('the idle guard', () => {
  it('arms no timer while nothing is pending, where kafkajs itself does for ever', () => {
    const Guarded = kafkajs().RequestQueue as unknown as QueueClass;
    const Unguarded = unguardedQueue();
    const [guarded, unguarded] = [new Guarded(options), new Unguarded(options)];
    guarded.scheduleCheckPendingRequests();
    unguarded.scheduleCheckPendingRequests();
    expect(guarded.throttleCheckTimeoutId).toBeNull();
    expect(unguarded.throttleCheckTimeoutId).not.toBeNull();
    unguarded.destroy();
  });

  it('still looks after a request that has to wait, until it is sent', async () => {
    const Guarded = kafkajs().RequestQueue as unknown as QueueClass;
    const queue = new Guarded({ ...options, maxInFlightRequests: 1 });
    queue.push(entry(1));
    expect(queue.throttleCheckTimeoutId).toBeNull();
    queue.push(entry(2));
    expect(queue.throttleCheckTimeoutId).not.toBeNull();
    queue.maxInFlightRequests = 2;
    await expect.poll(() => [queue.pending.length, queue.throttleCheckTimeoutId]).toEqual([0, null]);
  });

  it('holds a throttled request back and then sends it', async () => {
    const Guarded = kafkajs().RequestQueue as unknown as QueueClass;
    const queue = new Guarded(options);
    queue.maybeThrottle(30);
    queue.push(entry(1));
    expect(queue.pending).toHaveLength(1);
    await expect.poll(() => queue.pending.length).toBe(0);
  });
});

describe('the version of kafkajs', () => {
  it('is the one we know', () => {
    expect(() => kafkajs()).not.toThrow();
  });

  it('may be no other', () => {
    expect(() => assertVersion('2.2.5')).toThrow(
      expect.objectContaining({ code: 'KAFKAJS_VERSION_UNEXPECTED' }),
    );
  });
});
