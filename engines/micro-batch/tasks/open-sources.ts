import type { KafkaClient } from '../../../kafka/index.ts';
import type { Deployment } from '../../pipeline/index.ts';
import { openKafkaSource } from '../connect/index.ts';
import type { BatchSource } from '../execution/index.ts';
import { mutateSource } from '../mutant/index.ts';
import type { BatchPlan } from '../plan/index.ts';
import type { MicroBatchSettings } from '../settings/index.ts';

export interface SourceOptions {
  readonly client: KafkaClient;
  readonly plan: BatchPlan;
  readonly deployment: Deployment;
  readonly settings: MicroBatchSettings;
  readonly incarnation: number;
  /** Which partitions of a source to read; all if left out. Offsets are then of these only. */
  readonly isRead?: (source: number, partition: number) => boolean;
}

/** The sources of a plan on the topics of a deployment, in the plan's order. */
export function openSources(options: SourceOptions): Promise<BatchSource[]> {
  const { client, plan, deployment, settings, incarnation, isRead } = options;
  return Promise.all(
    plan.sources.map(async ({ input, schema, columns, condition }, index) => {
      const source = await openKafkaSource({
        client,
        topic: deployment.topics[input] as string,
        schema,
        columns,
        condition,
        fetchMaxWaitMs: settings.fetchMaxWaitMs,
        fetchMaxBytes: settings.fetchMaxBytes,
        isRead: isRead === undefined ? () => true : (partition) => isRead(index, partition),
      });
      return mutateSource(deployment.mutant, source, incarnation > 1);
    }),
  );
}
