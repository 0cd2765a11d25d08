import { afterAll, beforeAll, describe } from 'vitest';
import type { KafkaClient } from '../port/index.ts';
import { failureCases } from './failure-contract.ts';
import { readerCases } from './reader-contract.ts';
import { recordCases } from './records-contract.ts';
import { transactionCases } from './transaction-contract.ts';

/**
 * The behaviour that every implementation of the port shows, as one vitest suite. Each case makes topics of its own, so the suite
 * may run on a broker with other contents. A new implementation is proven by passing it.
 */
export function describeKafkaClientContract(name: string, makeClient: () => Promise<KafkaClient>): void {
  describe(`Kafka client: ${name}`, () => {
    let client: KafkaClient;
    beforeAll(async () => {
      client = await makeClient();
    });
    afterAll(() => client?.close());

    describe('records', () => recordCases(() => client));
    describe('reading', () => readerCases(() => client));
    describe('transactions', () => transactionCases(() => client));
    describe('topics and failures', () => failureCases(() => client));
  });
}
