import { afterAll, beforeAll } from 'vitest';
import {
  connectEmbeddedLog,
  createInProcessClient,
  type EmbeddedLog,
  LogStore,
  startEmbeddedLog,
} from '../log/index.ts';
import { describeKafkaClientContract } from './kafka-client-contract.ts';

let log: EmbeddedLog;
beforeAll(async () => {
  log = await startEmbeddedLog();
});
afterAll(() => log.stop());

describeKafkaClientContract('embedded log in this process', async () =>
  createInProcessClient(new LogStore()),
);
describeKafkaClientContract('embedded log over TCP', () => connectEmbeddedLog(log.connection));
