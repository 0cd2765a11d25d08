import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { errorOfCode, isConnectionFailure, isTransient, kafkaFailure, protocolType } from './failure.ts';

const errors = createRequire(import.meta.url)('kafkajs/src/errors');
const about = { operation: 'testing', address: 'localhost:9092', topic: 'orders', transactionalId: 'job-1' };

describe('kafkaFailure', () => {
  it.each([
    [3, 'KAFKA_TOPIC_MISSING', /orders/],
    [36, 'KAFKA_TOPIC_EXISTS', /orders/],
    [47, 'KAFKA_PRODUCER_FENCED', /job-1/],
    [90, 'KAFKA_PRODUCER_FENCED', /job-1/],
    [29, 'KAFKA_NOT_AUTHORIZED', /testing/],
    [58, 'KAFKA_AUTHENTICATION_FAILED', /credentials/],
    [10, 'KAFKA_REQUEST_FAILED', /MESSAGE_TOO_LARGE/],
  ])('protocol code %i is %s', (code, expected, words) => {
    const failure = kafkaFailure(errorOfCode(code), about);
    expect(failure.code).toBe(expected);
    expect(failure.message).toMatch(words);
  });

  it('looks through kafkajs’s wrappers for retries and for several errors', () => {
    const refused = new errors.KafkaJSConnectionError('Connection error: connect ECONNREFUSED');
    const wrapped = new errors.KafkaJSNumberOfRetriesExceeded(refused, { retryCount: 2, retryTime: 9 });
    expect(kafkaFailure(wrapped, about)).toMatchObject({
      code: 'KAFKA_UNREACHABLE',
      message: 'No Kafka broker answers at localhost:9092: Connection error: connect ECONNREFUSED.',
    });
    const aggregate = new errors.KafkaJSAggregateError('Topic creation errors', [errorOfCode(36)]);
    expect(kafkaFailure(aggregate, about).code).toBe('KAFKA_TOPIC_EXISTS');
  });

  it('leaves an error of ours as it is', () => {
    const ours = kafkaFailure(errorOfCode(3), about);
    expect(kafkaFailure(ours, about)).toBe(ours);
  });
});

describe('what may be tried again', () => {
  it.each([5, 6, 14, 15, 16, 41, 74, 75])('protocol code %i', (code) => {
    expect(isTransient(errorOfCode(code))).toBe(true);
  });

  it.each([3, 10, 29, 36, 47, 90])('not protocol code %i', (code) => {
    expect(isTransient(errorOfCode(code))).toBe(false);
  });

  it('a broken connection, but not once it is an error of ours', () => {
    const closed = new errors.KafkaJSConnectionClosedError('Closed connection', { host: 'h', port: 1 });
    expect([isConnectionFailure(closed), isTransient(closed)]).toEqual([true, true]);
    expect(isTransient(kafkaFailure(closed, about))).toBe(false);
    expect(protocolType(kafkaFailure(errorOfCode(6), about))).toBeUndefined();
  });
});
