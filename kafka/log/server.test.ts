import { once } from 'node:events';
import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectEmbeddedLog, createInProcessClient } from './client.ts';
import { type EmbeddedLog, startEmbeddedLog } from './server.ts';

let log: EmbeddedLog;
beforeEach(async () => {
  log = await startEmbeddedLog();
});
afterEach(() => log.stop());

describe('startEmbeddedLog', () => {
  test('a worker thread and this process share the log', async () => {
    const script = `import { workerData } from 'node:worker_threads';
      const { connectEmbeddedLog } = await import(workerData.module);
      const client = await connectEmbeddedLog(workerData.connection);
      await client.admin.createTopics([{ topic: 'shared', partitions: 1 }]);
      const producer = await client.createProducer({ acks: -1, lingerMs: 0, maxInFlight: 1 });
      producer.append({ topic: 'shared', partition: 0, key: 'k', value: 'from the thread' });
      await producer.flush();
      await client.close();`;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(script)}`), {
      workerData: { module: new URL('./index.ts', import.meta.url).href, connection: log.connection },
    });
    expect(await once(worker, 'exit')).toEqual([0]);
    const client = createInProcessClient(log.store);
    expect(await client.admin.endOffsets('shared', 'read-committed')).toEqual([1]);
    await client.close();
  });

  test.each([
    ['an impossible length', Buffer.from('ffffffff00000000', 'hex')],
    [
      'something that is no JSON',
      Buffer.concat([Buffer.from('0000000c0000000100000004', 'hex'), Buffer.from('}{}{')]),
    ],
    [
      'a request that is unknown',
      Buffer.concat([Buffer.from('0000000a0000000100000002', 'hex'), Buffer.from('{}')]),
    ],
  ])('hangs up on a peer that sends %s, and serves the others', async (_, bytes) => {
    const client = await connectEmbeddedLog(log.connection);
    const stranger = connect(log.connection.port, log.connection.host);
    stranger.on('error', () => {});
    const closed = once(stranger, 'close');
    stranger.resume().write(bytes);
    await closed;
    await client.admin.createTopics([{ topic: 'after', partitions: 1 }]);
    expect(await client.admin.partitionCount('after')).toBe(1);
    await client.close();
  });

  test('the end of the log ends what its clients wait for with KAFKA_UNREACHABLE', async () => {
    const client = await connectEmbeddedLog(log.connection);
    await client.admin.createTopics([{ topic: 'empty', partitions: 1 }]);
    const reader = await client.createReader({ isolation: 'read-committed' });
    reader.assign([{ topic: 'empty', partition: 0, offset: 0 }]);
    const outcome = expect(reader.poll(600_000)).rejects.toMatchObject({ code: 'KAFKA_UNREACHABLE' });
    await log.stop();
    await outcome;
    await expect(client.admin.partitionCount('empty')).rejects.toMatchObject({ code: 'KAFKA_UNREACHABLE' });
    await client.close();
    await expect(connectEmbeddedLog(log.connection)).rejects.toMatchObject({ code: 'KAFKA_UNREACHABLE' });
  });
});
