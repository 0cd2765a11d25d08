import { CrosscurrentError } from '../../errors/index.ts';
import { kafkaErrors } from '../errors.ts';
import { kafkajs } from './internals.ts';

/** What was asked of Kafka, for the words of an error. */
export interface Operation {
  readonly operation: string;
  readonly address: string;
  readonly topic?: string;
  readonly transactionalId?: string;
}

interface KafkajsError extends Error {
  readonly type?: string;
  readonly errors?: readonly KafkajsError[];
  readonly cause?: KafkajsError;
}

const UNREACHABLE = new Set([
  'KafkaJSConnectionError',
  'KafkaJSConnectionClosedError',
  'KafkaJSRequestTimeoutError',
  'KafkaJSBrokerNotFound',
  'KafkaJSNoBrokerAvailableError',
  'KafkaJSLockTimeout',
]);

const TRANSIENT = new Set([
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_FOR_PARTITION',
  'REPLICA_NOT_AVAILABLE',
  'NETWORK_EXCEPTION',
  'REQUEST_TIMED_OUT',
  'GROUP_LOAD_IN_PROGRESS',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR_FOR_GROUP',
  'NOT_CONTROLLER',
  'KAFKA_STORAGE_ERROR',
  'FENCED_LEADER_EPOCH',
  'UNKNOWN_LEADER_EPOCH',
  'OFFSET_NOT_AVAILABLE',
]);

/** kafkajs's own, for any answer of the brokers; a new cluster has no coordinator until its internal topics are there. */
const COORDINATOR_NOT_FOUND = 'KafkaJSGroupCoordinatorNotFound';

/** PRODUCER_FENCED, newer than kafkajs's table. */
const PRODUCER_FENCED_CODE = 90;

/** The kafkajs error that says what happened, behind the wrappers for retries. */
function root(error: KafkajsError): KafkajsError {
  const inner = error.errors?.[0] ?? error.cause;
  return inner instanceof Error && error.type === undefined ? root(inner) : error;
}

/** Not one of ours: those are final, whatever caused them. */
function isForeign(error: unknown): error is KafkajsError {
  return error instanceof Error && !(error instanceof CrosscurrentError);
}

/** Protocol name of a failure (such as TOPIC_ALREADY_EXISTS), or undefined when it is not the broker's answer. */
export function protocolType(error: unknown): string | undefined {
  return isForeign(error) ? root(error).type : undefined;
}

/** The connection broke or no broker answered: another attempt may reach one. */
export function isConnectionFailure(error: unknown): boolean {
  return isForeign(error) && UNREACHABLE.has(root(error).name);
}

/** The cluster is moving a leader or a coordinator: asking again after a look at the metadata helps. */
export function isTransient(error: unknown): boolean {
  return (
    isConnectionFailure(error) ||
    TRANSIENT.has(protocolType(error) ?? '') ||
    (isForeign(error) && root(error).name === COORDINATOR_NOT_FOUND)
  );
}

/** The error of a protocol error code. */
export function errorOfCode(code: number): Error {
  const error = kafkajs().createErrorFromCode(code);
  return code === PRODUCER_FENCED_CODE ? Object.assign(error, { type: 'PRODUCER_FENCED' }) : error;
}

/** Turns what kafkajs threw into a KAFKA_* error; one of ours passes unchanged. */
export function kafkaFailure(error: unknown, about: Operation): CrosscurrentError {
  if (error instanceof CrosscurrentError) return error;
  const cause = root(error as KafkajsError);
  const { operation, address } = about;
  const reason = cause.message;
  if (cause.name === 'KafkaJSSASLAuthenticationError' || /SASL/.test(cause.type ?? '')) {
    return kafkaErrors.error('KAFKA_AUTHENTICATION_FAILED', { reason }, error);
  }
  if (UNREACHABLE.has(cause.name)) return kafkaErrors.error('KAFKA_UNREACHABLE', { address, reason }, error);
  switch (cause.type) {
    case 'UNKNOWN_TOPIC_OR_PARTITION':
      return kafkaErrors.error('KAFKA_TOPIC_MISSING', { topic: about.topic ?? '' }, error);
    case 'TOPIC_ALREADY_EXISTS':
      return kafkaErrors.error('KAFKA_TOPIC_EXISTS', { topic: about.topic ?? '' }, error);
    case 'INVALID_PRODUCER_EPOCH':
    case 'PRODUCER_FENCED':
    case 'INVALID_PRODUCER_ID_MAPPING':
      return kafkaErrors.error(
        'KAFKA_PRODUCER_FENCED',
        { transactionalId: about.transactionalId ?? '' },
        error,
      );
    case 'TOPIC_AUTHORIZATION_FAILED':
    case 'GROUP_AUTHORIZATION_FAILED':
    case 'CLUSTER_AUTHORIZATION_FAILED':
    case 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED':
      return kafkaErrors.error('KAFKA_NOT_AUTHORIZED', { operation, reason }, error);
    default:
      return kafkaErrors.error(
        'KAFKA_REQUEST_FAILED',
        { operation, reason: cause.type ? `${cause.type}, ${reason}` : reason },
        error,
      );
  }
}
