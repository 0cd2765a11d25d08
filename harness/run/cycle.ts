import type { SettingRow } from '../../engines/pipeline/index.ts';

/** Length of an engine's checkpoint or trigger cycle, milliseconds, by its settings sheet; 0 for one that has none. */
export function cycleMsOf(sheet: readonly SettingRow[]): number {
  const row = sheet.find(({ name }) => name === 'checkpointIntervalMs' || name === 'triggerIntervalMs');
  return Number(row?.value ?? 0);
}
