import type { Introspection } from '../../pipeline/index.ts';
import type { FlinkJob } from '../rest/index.ts';

/**
 * A task for each vertex, as the job's overview tells it: times and records of its subtasks added up, which Flink brings up to date every few
 * seconds. Undefined before it tells any.
 */
export function vertexIntrospection({ vertices }: FlinkJob): Introspection | undefined {
  const tasks = vertices.flatMap(({ name, metrics }) =>
    metrics === undefined
      ? []
      : [
          {
            name,
            busyMs: metrics['accumulated-busy-time'],
            backPressuredMs: metrics['accumulated-backpressured-time'],
            idleMs: metrics['accumulated-idle-time'],
            watermarkMs: null,
            operators: [
              {
                name,
                recordsIn: metrics['read-records'],
                recordsOut: metrics['write-records'],
                busyMs: metrics['accumulated-busy-time'],
                state: null,
              },
            ],
          },
        ],
  );
  return tasks.length === 0 ? undefined : { tasks, watermark: null, checkpoints: null };
}
