import type { EngineName } from '../../engines/pipeline/index.ts';
import { OUTPUTS, type RecordedLog } from '../../workloads/index.ts';
import { loadBacklog } from '../replay/index.ts';
import { type CellPlan, onStage, paceOf, type RunContext, untilDrained, verifyStage } from '../run/index.ts';
import type { LateAccount } from './differ-result.ts';
import type { OutputRecord } from './output-record.ts';
import { readOutput } from './read-output.ts';

/** All that an engine made of a log. */
export interface PlayedLog {
  readonly engine: EngineName;
  readonly wallMs: number;
  /** Committed records by logical output. */
  readonly outputs: Readonly<Record<string, readonly OutputRecord[]>>;
  /** Null where event time plays no part. */
  readonly late: LateAccount | null;
  readonly oraclePassed: boolean;
  readonly oracleReasons: readonly string[];
}

/** Plays a log to its end through the engine of a cell: the input is complete before the engine starts. */
export async function playLog(
  context: RunContext,
  cell: CellPlan,
  log: RecordedLog,
  runId: string,
): Promise<PlayedLog> {
  const startedNs = process.hrtime.bigint();
  return await onStage(context, cell, log, runId, 'deferred', async (stage) => {
    const { connection, client } = context;
    context.live({ kind: 'phase', phase: 'loading', plannedMs: null });
    await Promise.race([loadBacklog({ connection, topic: stage.inputTopic, log }), stage.ended]);
    const ends = await client.admin.endOffsets(stage.inputTopic, 'read-uncommitted');
    const running = await stage.deploy();
    context.live({ kind: 'phase', phase: 'draining', plannedMs: null });
    await untilDrained(running, ends, paceOf(cell.engine).stallLimitMs, stage.ended);
    const { observation } = await stage.finish();
    const { passed, reasons, lateRecords } = verifyStage(stage, cell, { observation, running, kills: 0 });
    const outputs: Record<string, readonly OutputRecord[]> = {};
    for (const [output, topic] of Object.entries(stage.outputTopics)) {
      outputs[output] = await Promise.race([readOutput(client, topic), stage.ended]);
    }
    return {
      engine: cell.engine,
      wallMs: Math.round(Number(process.hrtime.bigint() - startedNs) / 1e6),
      outputs,
      late: lateAccount(stage.dataflowOptions.late, outputs[OUTPUTS.late]?.length ?? 0, lateRecords.seen, {
        isRaw: running.progress().lateRecords !== null,
      }),
      oraclePassed: passed,
      oracleReasons: reasons,
    };
  });
}

function lateAccount(
  late: 'side-output' | 'count' | 'none',
  putOut: number,
  counted: number,
  { isRaw }: { readonly isRaw: boolean },
): LateAccount | null {
  switch (late) {
    case 'side-output':
      return { how: 'put-out', records: putOut };
    case 'count':
      return { how: isRaw ? 'counted' : 'counted-after-aggregation', records: counted };
    case 'none':
      return null;
  }
}
