import type { KafkaConnection } from '../../kafka/index.ts';
import { type Guarantee, plainBrokers } from '../pipeline/index.ts';
import { FRAMEWORK_HEAP_MB } from './cluster/index.ts';
import { flinkErrors } from './errors.ts';
import type { FlinkSettings } from './settings/index.ts';

const LEAST_TASK_HEAP_MB = 64;

/** Settings that are valid one by one, and with which Flink does not start, or loses outputs. @throws FLINK_SETTINGS_CONTRADICT */
export function refuseContradiction(settings: FlinkSettings, guarantee: Guarantee): void {
  const { heartbeatIntervalMs, heartbeatTimeoutMs, checkpointIntervalMs, transactionTimeoutMs } = settings;
  if (heartbeatTimeoutMs < heartbeatIntervalMs)
    throw contradiction(
      `heartbeatTimeoutMs = ${heartbeatTimeoutMs} is below heartbeatIntervalMs = ${heartbeatIntervalMs}`,
    );
  if (guarantee === 'exactly-once' && transactionTimeoutMs <= checkpointIntervalMs)
    throw contradiction(
      `under exactly-once a transaction lasts from checkpoint to checkpoint, and transactionTimeoutMs = ${transactionTimeoutMs} is not above checkpointIntervalMs = ${checkpointIntervalMs}`,
    );
}

const contradiction = (problem: string): Error => flinkErrors.error('FLINK_SETTINGS_CONTRADICT', { problem });

/** Room for the job's own objects: a TaskManager that has no more than the framework's share does not run. @throws FLINK_HEAP_TOO_SMALL */
export function requireHeap(heapMb: number): void {
  const framework = FRAMEWORK_HEAP_MB;
  const least = framework + LEAST_TASK_HEAP_MB;
  if (heapMb < least) throw flinkErrors.error('FLINK_HEAP_TOO_SMALL', { heapMb, framework, least });
}

/** @returns the addresses of a Kafka that the jobs can reach @throws FLINK_KAFKA_NEEDED */
export function brokersOf(kafka: KafkaConnection): readonly string[] {
  return plainBrokers(kafka, (found) => flinkErrors.error('FLINK_KAFKA_NEEDED', { found }));
}
