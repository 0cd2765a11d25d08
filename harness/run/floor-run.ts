import type { Floor } from '../../reports/model/index.ts';
import type { RecordedLog } from '../../workloads/index.ts';
import { CostSampler } from '../cost/index.ts';
import { harnessErrors } from '../errors.ts';
import { latencyFigures } from '../measure/index.ts';
import { type Observation, type Observer, startObserver } from '../observe/index.ts';
import { loadBacklog } from '../replay/index.ts';
import { judgeValidity } from '../verify/index.ts';
import type { RunContext } from './context.ts';
import type { CellPlan } from './plan.ts';
import {
  achievedRateOf,
  generatorLagOf,
  instantsNs,
  logFor,
  measuredSchedule,
  offeredRateOf,
  play,
  warmUpAndMeasure,
} from './play.ts';

const SLICE_MS = 250;

/**
 * What generator, broker and observer do with no engine between: how many records a second pass at most, and the latency of each at the
 * cell's rate. The observer reads the input topic and compares every record, byte for byte, with the log.
 */
export async function floorRun(context: RunContext, cell: CellPlan, runId: string): Promise<Floor> {
  const ceilingPerSecond = await measureCeiling(context, cell, `${runId}-ceiling`);
  const longestMs = (cell.warmupLimitMs ?? cell.warmupMs) + cell.durationMs;
  const log = await logFor(context, cell, longestMs);
  return await passThrough(
    context,
    log,
    `${runId}-floor`,
    async ({ topic, observer, originNs, ended, finish }) => {
      // With no engine there is no process to account for: what is asked is what else used the machine.
      const { brokerProcessId } = context;
      const cost = new CostSampler({ engine: 'none', processIds: () => [], brokerProcessId, events: [] });
      const played = await play(context, cell, log, { topic, observer, ended }, (live) =>
        warmUpAndMeasure(cell, live),
      ).finally(() => cost.stop());
      const observation = await finish();
      const { latency, uncorrected, negativeSamples } = latencyFigures(
        observation,
        measuredSchedule(played, originNs, SLICE_MS),
      );
      const machineUse = cost.stop().usedBetween(...instantsNs(played));
      const generatorLag = generatorLagOf(played);
      const offeredRatePerSecond = offeredRateOf(played);
      const { replay, warmupEndedBy, fromMs: warmupMs } = played;
      return {
        workload: cell.workload,
        offeredRatePerSecond,
        latency,
        uncorrected,
        generatorLag,
        recordBytes: log.values.length / log.count,
        ceilingPerSecond,
        remarks: judgeValidity({
          ...replay,
          offeredRatePerSecond,
          achievedRatePerSecond: achievedRateOf(played),
          expectedSamples: log.count,
          samples: observation.sampleSequences.length,
          negativeSamples,
          latency,
          generatorLag,
          of: 'floor',
          clockResolutionUs: context.clockResolutionUs,
          machineUse,
          ceilingShare: ceilingPerSecond === null ? null : offeredRatePerSecond / ceilingPerSecond,
          warmupEndedBy,
          warmupMs,
        }),
      };
    },
  );
}

/** Records a second from first to last arrival while the log is sent as fast as the broker takes it. */
async function measureCeiling(context: RunContext, cell: CellPlan, runId: string): Promise<number | null> {
  const { log: knobs, workload, seed, drainEvents: events } = cell;
  const log = await context.logs.get({ ...knobs, workload, seed, events });
  return await passThrough(context, log, runId, async ({ topic, ended, finish }) => {
    const { connection, signal } = context;
    await Promise.race([loadBacklog({ connection, topic, log, signal }), ended]);
    return passedPerSecond(await finish());
  });
}

/** The first arrival starts the clock, so what came with it does not count; null when everything came at once. */
function passedPerSecond({ sampleArrivalsUs: arrivals }: Observation): number | null {
  const first = arrivals[0] ?? 0;
  const last = arrivals.at(-1) ?? 0;
  const after = arrivals.length - arrivals.lastIndexOf(first) - 1;
  return last > first ? (after * 1e6) / (last - first) : null;
}

interface PassThrough {
  readonly topic: string;
  readonly observer: Observer;
  readonly originNs: bigint;
  readonly ended: Promise<never>;
  /** Reads all that is stored. */
  finish(): Promise<Observation>;
}

async function passThrough<T>(
  context: RunContext,
  log: RecordedLog,
  topic: string,
  act: (stage: PassThrough) => Promise<T>,
): Promise<T> {
  const { connection, client, signal } = context;
  const ended = Promise.withResolvers<never>();
  ended.promise.catch(() => undefined);
  const onAbort = (): void => ended.reject(harnessErrors.error('HARNESS_INTERRUPTED'));
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  let observer: Observer | undefined;
  try {
    await client.admin.createTopics([{ topic, partitions: log.specification.partitions }]);
    const originNs = process.hrtime.bigint();
    const started = await Promise.race([
      startObserver({
        connection,
        topics: { input: topic },
        log,
        dataflowOptions: { late: 'none' },
        mode: 'live',
        judge: { kind: 'pass-through' },
        originNs,
      }),
      ended.promise,
    ]);
    observer = started;
    started.failed.catch((error) => ended.reject(error));
    return await act({
      topic,
      observer: started,
      originNs,
      ended: ended.promise,
      // What was sent has been acknowledged by then, so the ends are final.
      finish: async () => {
        const endOffsets = { [topic]: await client.admin.endOffsets(topic, 'read-uncommitted') };
        return await Promise.race([started.finish(endOffsets), ended.promise]);
      },
    });
  } finally {
    signal.removeEventListener('abort', onAbort);
    await observer?.abandon();
    await client.admin.deleteTopics([topic]).catch(() => undefined);
  }
}
