import { expect, test } from 'vitest';
import type { KafkaClient } from '../port/index.ts';
import {
  appendAll,
  freshName,
  freshTopic,
  PLAIN,
  readToEnd,
  settled,
  transactional,
  valuesOf,
  valuesTo,
} from './contract-topics.ts';

/** Atomic commits of records and offsets, isolation, aborts, fencing. */
export function transactionCases(client: () => KafkaClient): void {
  test('hides the records of an open transaction from a reader of committed ones', async () => {
    const topic = await freshTopic(client());
    const producer = await client().createTransactionalProducer(transactional(freshName('producer')));
    appendAll(producer, valuesTo(topic, ['a', 'b']));
    await producer.flush();
    expect(await valuesOf(client(), topic, 'read-uncommitted')).toEqual(['a', 'b']);
    expect(await valuesOf(client(), topic, 'read-committed')).toEqual([]);
    expect(await client().admin.endOffsets(topic, 'read-uncommitted')).toEqual([2]);
    expect(await client().admin.endOffsets(topic, 'read-committed')).toEqual([0]);
    await producer.commit();
    await settled(client(), topic);
    expect(await valuesOf(client(), topic, 'read-committed')).toEqual(['a', 'b']);
    // The marker that ends the transaction takes an offset.
    expect(await client().admin.endOffsets(topic, 'read-committed')).toEqual([3]);
    await producer.close();
  });

  test('commits records of several partitions together with offsets and their metadata', async () => {
    const [source, target] = [await freshTopic(client(), 3), await freshTopic(client(), 2)];
    const group = freshName('group');
    expect(await client().admin.committedOffsets(group, source)).toEqual([undefined, undefined, undefined]);
    const producer = await client().createTransactionalProducer(transactional(freshName('producer')));
    for (const round of [1, 2]) {
      appendAll(producer, [...valuesTo(target, [`a${round}`], 0), ...valuesTo(target, [`b${round}`], 1)]);
      await producer.commit({
        group,
        positions: [
          { topic: source, partition: 0, offset: 10 * round, metadata: `{"checkpoint":${round}}` },
          { topic: source, partition: 2, offset: round, metadata: '' },
        ],
      });
    }
    expect(await client().admin.committedOffsets(group, source)).toEqual([
      { offset: 20, metadata: '{"checkpoint":2}' },
      undefined,
      { offset: 2, metadata: '' },
    ]);
    await settled(client(), target);
    const seen = await readToEnd(client(), target, 'read-committed');
    expect(seen.map(({ partition, value }) => `${partition}:${value}`).sort()).toEqual([
      '0:a1',
      '0:a2',
      '1:b1',
      '1:b2',
    ]);
    await producer.close();
  });

  test('commits offsets alone, and does nothing when there is nothing', async () => {
    const topic = await freshTopic(client());
    const group = freshName('group');
    const producer = await client().createTransactionalProducer(transactional(freshName('producer')));
    await producer.commit();
    await producer.abort();
    expect(await client().admin.endOffsets(topic, 'read-uncommitted')).toEqual([0]);
    await producer.commit({ group, positions: [{ topic, partition: 0, offset: 7, metadata: 'm' }] });
    expect(await client().admin.committedOffsets(group, topic)).toEqual([{ offset: 7, metadata: 'm' }]);
    await producer.close();
  });

  test('leaves out what was aborted and moves the position past it', async () => {
    const topic = await freshTopic(client());
    const producer = await client().createTransactionalProducer(transactional(freshName('producer')));
    appendAll(producer, valuesTo(topic, ['kept']));
    await producer.commit();
    appendAll(producer, valuesTo(topic, ['dropped', 'dropped too']));
    await producer.flush();
    await producer.abort();
    await settled(client(), topic);
    // readToEnd ends only when the position has reached the end of the log.
    expect(await valuesOf(client(), topic, 'read-committed')).toEqual(['kept']);
    expect(await valuesOf(client(), topic, 'read-uncommitted')).toEqual(['kept', 'dropped', 'dropped too']);
    appendAll(producer, valuesTo(topic, ['kept too']));
    await producer.commit();
    await settled(client(), topic);
    expect(await valuesOf(client(), topic, 'read-committed')).toEqual(['kept', 'kept too']);
    await producer.close();
  });

  test('keeps transactions of several producers on one partition apart', async () => {
    const topic = await freshTopic(client());
    const [first, second, plain] = await Promise.all([
      client().createTransactionalProducer(transactional(freshName('producer'))),
      client().createTransactionalProducer(transactional(freshName('producer'))),
      client().createProducer(PLAIN),
    ]);
    for (const round of [0, 1]) {
      for (const [name, producer] of [
        ['first', first],
        ['second', second],
        ['plain', plain],
      ] as const) {
        appendAll(producer, valuesTo(topic, [`${name}-${round}`]));
        await producer.flush();
      }
    }
    await second.abort();
    expect(await valuesOf(client(), topic, 'read-committed')).toEqual([]);
    await first.commit();
    await settled(client(), topic);
    expect(await valuesOf(client(), topic, 'read-committed')).toEqual([
      'first-0',
      'plain-0',
      'first-1',
      'plain-1',
    ]);
    await Promise.all([first.close(), second.close(), plain.close()]);
  });

  test('what is appended while a commit is under way belongs to the next transaction', async () => {
    const topic = await freshTopic(client());
    const producer = await client().createTransactionalProducer(transactional(freshName('producer')));
    appendAll(producer, valuesTo(topic, ['before']));
    const committed = producer.commit();
    appendAll(producer, valuesTo(topic, ['after']));
    await committed;
    await producer.flush();
    await producer.abort();
    await settled(client(), topic);
    expect(await valuesOf(client(), topic, 'read-committed')).toEqual(['before']);
    await producer.close();
  });

  test('a second producer of the same id aborts what the first left open and fences it', async () => {
    const topic = await freshTopic(client());
    const group = freshName('group');
    const options = transactional(freshName('producer'));
    const first = await client().createTransactionalProducer(options);
    appendAll(first, valuesTo(topic, ['lost']));
    await first.flush();
    const second = await client().createTransactionalProducer(options);
    expect(await client().admin.endOffsets(topic, 'read-committed')).toEqual([2]);
    await expect(
      first.commit({ group, positions: [{ topic, partition: 0, offset: 1, metadata: '' }] }),
    ).rejects.toMatchObject({ code: 'KAFKA_PRODUCER_FENCED' });
    appendAll(second, valuesTo(topic, ['kept']));
    await second.commit();
    await settled(client(), topic);
    expect(await valuesOf(client(), topic, 'read-committed')).toEqual(['kept']);
    expect(await client().admin.committedOffsets(group, topic)).toEqual([undefined]);
    await Promise.all([first.close(), second.close()]);
  });

  test('a fenced producer cannot write any more', async () => {
    const topic = await freshTopic(client());
    const options = transactional(freshName('producer'));
    const first = await client().createTransactionalProducer(options);
    const second = await client().createTransactionalProducer(options);
    appendAll(first, valuesTo(topic, ['late']));
    await expect(first.commit()).rejects.toMatchObject({ code: 'KAFKA_PRODUCER_FENCED' });
    expect(() => appendAll(first, valuesTo(topic, ['later']))).toThrow(
      expect.objectContaining({ code: 'KAFKA_PRODUCER_FENCED' }),
    );
    expect(await valuesOf(client(), topic, 'read-committed')).toEqual([]);
    await Promise.all([first.close(), second.close()]);
  });
}
