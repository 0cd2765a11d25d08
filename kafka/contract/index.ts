export { describeKafkaClientContract } from './kafka-client-contract.ts';
