import type { KafkaConnection } from '../../kafka/index.ts';
import { type EngineSettings, plainBrokers } from '../pipeline/index.ts';
import { sparkErrors } from './errors.ts';
import { sparkSettings } from './settings/index.ts';

/** Spark's own bound: one and a half times the 300 MB that it reserves (UnifiedMemoryManager). */
const SMALLEST_HEAP_MB = 450;

/** Settings that are valid one by one, and of which Spark refuses or ignores one. @throws PIPELINE_SETTING_INVALID, SPARK_SETTINGS_CONTRADICT */
export function requireSettings(given: EngineSettings, isElsewhere: boolean): void {
  const { statefulOperator, stateStore } = sparkSettings.parse(given);
  if (statefulOperator === 'transformWithState' && stateStore !== 'rocksdb')
    throw contradiction(
      `statefulOperator = transformWithState needs stateStore = rocksdb, not ${stateStore}`,
    );
  if (given.driverHost !== undefined && !isElsewhere)
    throw contradiction(
      'driverHost is for the executors of an existing cluster, and no --spark-master is given',
    );
}

const contradiction = (problem: string): Error => sparkErrors.error('SPARK_SETTINGS_CONTRADICT', { problem });

/** @throws SPARK_HEAP_TOO_SMALL */
export function requireHeap(heapMb: number): void {
  if (heapMb >= SMALLEST_HEAP_MB) return;
  const reason = `Spark starts with ${SMALLEST_HEAP_MB} MiB or more`;
  throw sparkErrors.error('SPARK_HEAP_TOO_SMALL', { heapMb, reason });
}

/** @returns the addresses of a Kafka that the jobs can reach @throws SPARK_KAFKA_NEEDED */
export function brokersOf(kafka: KafkaConnection): readonly string[] {
  return plainBrokers(kafka, (found) => sparkErrors.error('SPARK_KAFKA_NEEDED', { found }));
}
