export { resolveKafkaClasspath } from './classpath.ts';
export { type EmbeddedBroker, type EmbeddedBrokerOptions, startEmbeddedBroker } from './embedded.ts';
