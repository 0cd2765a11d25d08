import { afterAll, beforeAll } from 'vitest';
import { type EmbeddedBroker, startEmbeddedBroker } from '../broker/index.ts';
import { connect } from '../connect.ts';
import { describeKafkaClientContract } from './kafka-client-contract.ts';

let broker: EmbeddedBroker;
beforeAll(async () => {
  broker = await startEmbeddedBroker();
});
afterAll(() => broker?.stop());

describeKafkaClientContract('kafkajs on Apache Kafka', () => connect(broker.connection));
