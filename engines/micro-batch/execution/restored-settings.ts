import { asyncProgressRefused, microBatchErrors } from '../errors.ts';
import { type BatchJournal, type FileStore, openAsyncJournal, openJournal } from '../log/index.ts';
import type { BatchPlan } from '../plan/index.ts';
import type { ExecutionOptions, ExecutionSettings } from './execution-options.ts';
import type { BatchSource, OffsetSequence, Offsets } from './ports.ts';
import { ASYNC_PROGRESS, type RestorePoint } from './restore-point.ts';
import type { WatermarkPolicy } from './watermark-tracker.ts';

/** As it was logged; logs that do not say are of a time when there was but one. */
export function watermarkPolicyOf(conf: RestorePoint['conf'], settings: ExecutionSettings): WatermarkPolicy {
  if (conf === undefined) return settings.watermarkPolicy ?? 'min';
  return conf.watermarkPolicy === 'max' ? 'max' : 'min';
}

export function watermarkNodesOf({ sources }: BatchPlan): number {
  const timed = sources.filter(({ watermarkDelayMs }) => watermarkDelayMs !== undefined);
  return new Set(timed.map(({ watermarkNode = 0 }) => watermarkNode)).size;
}

/** The logs as the settings ask for them. @throws MICRO_BATCH_ASYNC_PROGRESS for a dataflow with state */
export function openJournalOf(
  files: FileStore,
  { settings, plan, clock }: ExecutionOptions,
): BatchJournal<OffsetSequence> {
  const { asyncProgressIntervalMs: intervalMs } = settings;
  if (intervalMs === undefined) return openJournal(files);
  if (plan.operator.kind !== 'pass-through') throw asyncProgressRefused('a dataflow with state');
  return openAsyncJournal({ files, intervalMs, nowMs: () => clock.nowMs() });
}

/** Tells a restart, whatever its settings, that batches may be missing from the log. */
export const asyncMark = ({
  asyncProgressIntervalMs,
}: ExecutionSettings): Readonly<Record<string, string>> =>
  asyncProgressIntervalMs === undefined ? {} : { [ASYNC_PROGRESS]: 'true' };

/** Of a setting that the logs do not tell anything goes: they are of a time before it. */
export function requireSame(
  conf: RestorePoint['conf'] = {},
  fixed: Readonly<Record<string, string>> = {},
): void {
  for (const [setting, asked] of Object.entries(fixed)) {
    const logged = conf[setting];
    if (logged !== undefined && logged !== asked) {
      throw microBatchErrors.error('MICRO_BATCH_SETTING_FIXED', { setting, logged, asked });
    }
  }
}

/** @throws MICRO_BATCH_PARTITIONS_CHANGED and MICRO_BATCH_OFFSETS_LOST */
export async function requireReadable(source: BatchSource, from: Offsets): Promise<void> {
  const [earliest, latest] = await Promise.all([source.earliestOffsets(), source.latestOffsets()]);
  if (earliest.length !== from.length) {
    throw microBatchErrors.error('MICRO_BATCH_PARTITIONS_CHANGED', {
      topic: source.name,
      present: earliest.length,
      logged: from.length,
    });
  }
  for (const [partition, wanted] of from.entries()) {
    const [first, end] = [earliest[partition] as number, latest[partition] as number];
    if (wanted < first || wanted > end) {
      throw microBatchErrors.error('MICRO_BATCH_OFFSETS_LOST', {
        topic: source.name,
        partition,
        wanted,
        available: wanted < first ? first : end,
      });
    }
  }
}
