import { defineErrors } from '../errors/index.ts';

/** Errors of brokers, clients and the embedded log. */
export const kafkaErrors = defineErrors({
  KAFKA_BROKER_START_FAILED: {
    message: 'The embedded Kafka did not start: {reason}. Its log is kept in {logFile}.',
    hint: 'Read the end of that log. Free memory ({heapMb} MB of heap are asked for) and free loopback ports are the usual needs.',
    exit: 'crash',
  },
  KAFKA_BROKER_CHOICE_INVALID: {
    message: '"{choice}" is not a choice of broker: {reason}.',
    hint: 'Use --broker embedded, compose, log, or HOST:PORT (several separated by commas).',
    exit: 'usage',
  },
  KAFKA_UNREACHABLE: {
    message: 'No Kafka broker answers at {address}: {reason}.',
    hint: 'Check the address and that the broker runs; for TLS or SASL give --client-config FILE.',
    exit: 'usage',
  },
  KAFKA_DOCKER_MISSING: {
    message: 'docker compose cannot be used: {reason}.',
    hint: 'Start the Docker engine, or choose --broker embedded (Java and Maven), log, or HOST:PORT.',
    exit: 'usage',
  },
  KAFKA_COMPOSE_FAILED: {
    message: 'docker compose did not bring Kafka up: {reason}',
    hint: 'Look at `docker compose logs kafka`; port 9092 of 127.0.0.1 must be free.',
    exit: 'crash',
  },
  KAFKA_BATCH_CORRUPT: {
    message: 'The record batch at offset {offset} is damaged: {reason}.',
    hint: 'Read from behind that batch, or restore the topic from a replica; Kafka would refuse it too (CorruptRecordException).',
    exit: 'crash',
  },
  KAFKA_COMPRESSION_UNSUPPORTED: {
    message:
      'The record batch at offset {offset} is compressed with {codec}, which this client cannot unpack.',
    hint: 'Write the topic uncompressed or with gzip or zstd (topic setting compression.type, or the producer that fills it).',
    exit: 'usage',
  },
  KAFKA_MESSAGE_FORMAT_UNSUPPORTED: {
    message: 'The records at offset {offset} are in the old message format {magic} of Kafka before 0.11.',
    hint: 'Copy the topic with a current producer; Kafka 4 no longer stores that format.',
    exit: 'usage',
  },
  KAFKA_TOPIC_MISSING: {
    message: 'Topic {topic} does not exist.',
    hint: 'Create it first, or check the name and that the client is allowed to see it.',
    exit: 'usage',
  },
  KAFKA_TOPIC_EXISTS: {
    message: 'Topic {topic} exists already.',
    hint: 'Choose another name or delete the topic first.',
    exit: 'usage',
  },
  KAFKA_OFFSET_OUT_OF_RANGE: {
    message: 'Offset {offset} of {topic}-{partition} is not in the log.',
    hint: 'The records were deleted by retention, or the offset is of another topic of that name: start from the first readable offset.',
    exit: 'crash',
  },
  KAFKA_PRODUCER_FENCED: {
    message: 'Another producer with the transactional id {transactionalId} took over.',
    hint: 'Only the newest one may write: end this one. Two runs at a time need ids of their own.',
    exit: 'crash',
  },
  KAFKA_AUTHENTICATION_FAILED: {
    message: 'The Kafka broker refused the credentials: {reason}.',
    hint: 'Check the sasl.* and ssl.* entries of the file given by --client-config.',
    exit: 'usage',
  },
  KAFKA_NOT_AUTHORIZED: {
    message: 'The Kafka broker does not allow {operation}: {reason}.',
    hint: 'Ask for the ACLs to create, describe, read and write the topics, and to use the group and the transactional id.',
    exit: 'usage',
  },
  KAFKA_BROKER_TOO_OLD: {
    message: 'The Kafka broker does not speak {api} version {version}.',
    hint: 'Use Kafka 2.5 or newer.',
    exit: 'usage',
  },
  KAFKA_REQUEST_FAILED: {
    message: 'Kafka failed {operation}: {reason}.',
    hint: 'Look at the log of the broker; the reason is named as in the Kafka protocol.',
    exit: 'crash',
  },
  KAFKA_CLIENT_CLOSED: {
    message: 'The {part} is closed.',
    hint: 'Make a new one; this is a mistake of the caller.',
    exit: 'crash',
  },
  KAFKAJS_VERSION_UNEXPECTED: {
    message: 'kafkajs {found} is installed; the client drives the internals of {expected}.',
    hint: 'Run npm install: package-lock.json pins the version.',
    exit: 'usage',
  },
  KAFKA_CONFIG_UNREADABLE: {
    message: 'The client properties file {file} cannot be read ({reason}).',
    hint: 'Check the path given by --client-config and its permissions.',
    exit: 'usage',
  },
  KAFKA_CONFIG_PROPERTY_UNKNOWN: {
    message: 'Line {line} of {file} sets {property}, which this client does not read.',
    hint: 'Keep security.protocol, sasl.mechanism, sasl.jaas.config and the PEM entries of ssl.* in that file; brokers are given by --broker. A value over several lines needs a backslash at each line end.',
    exit: 'usage',
  },
  KAFKA_CONFIG_PROPERTY_MISSING: {
    message: '{file} lacks {property}, which {neededFor} needs.',
    hint: "Add it as in Kafka's own client.properties.",
    exit: 'usage',
  },
  KAFKA_CONFIG_VALUE_INVALID: {
    message: '{property} (line {line} of {file}) {problem}.',
    hint: "Correct that entry; the values are those of Kafka's own client.properties.",
    exit: 'usage',
  },
  KAFKA_CONFIG_STORE_UNSUPPORTED: {
    message: '{property} (line {line} of {file}) names a store that is not PEM.',
    hint: 'Convert it: keytool -importkeystore -srckeystore STORE -destkeystore store.p12 -deststoretype PKCS12, then openssl pkcs12 -in store.p12 -out store.pem; set ssl.truststore.type or ssl.keystore.type to PEM.',
    exit: 'usage',
  },
});
