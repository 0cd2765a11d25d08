export { resolveKafkaClasspath } from './classpath.ts';
export { type EmbeddedBroker, type EmbeddedBrokerOptions, startEmbeddedBroker } from './embedded.ts';
export { type OpenBroker, type OpenBrokerOptions, openBroker } from './open-broker.ts';
export { checkPrerequisites, type Prerequisite, usableMemoryMb } from './prerequisites.ts';
