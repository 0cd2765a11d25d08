import type { Pipeline, SettingRow } from '../../engines/pipeline/index.ts';
import type { CellPlan } from './plan.ts';

/**
 * The settings sheet of a cell: every setting of the engine, then what the harness sets for it and for the log, each with its source. A row is
 * `flag` when the user gave it, `profile` when the plan's profile set it, else `default`.
 *
 * @throws PIPELINE_SETTING_INVALID
 */
export function settingsOf(plan: CellPlan, pipeline: Pick<Pipeline, 'settingsSheet'>): SettingRow[] {
  const { heapMb, log, given } = plan;
  const engine = pipeline.settingsSheet(plan.settings).map((row): SettingRow => {
    if (row.source === 'default' || given === undefined) return row;
    return { ...row, source: given.has(row.name) ? 'flag' : 'profile' };
  });
  const { partitions, keys, skew, disorderShare, lateShare, brokenShare } = log;
  const harness = { heapMb, inputPartitions: partitions, keys, skew, disorderShare, lateShare, brokenShare };
  return [
    ...engine,
    ...Object.entries(harness).map(
      ([name, value]): SettingRow => ({
        name,
        value: String(value),
        source: given?.has(name) ? 'flag' : 'default',
      }),
    ),
  ];
}
