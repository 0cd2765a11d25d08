import type { Kill } from '../model/index.ts';
import { bytes, scaleFor, significant, whole } from '../numbers/index.ts';
import { repeated } from '../statistics/index.ts';
import { type Group, seriesName } from './group.ts';
import type { Sheet } from './sheet.ts';

/** Medians, ranges and maxima over the kills of each cell, what was written, lost and repeated; null where nothing was killed. */
export function recoverySheet(group: Group): Sheet | null {
  const rows = group.cells.flatMap(({ cell, recovery: { value } }) =>
    value === null || value.kills.length === 0 ? [] : [{ cell, value }],
  );
  if (rows.length === 0) return null;
  const scale = scaleFor(
    'ms',
    rows.flatMap(({ value }) => value.kills.flatMap(({ firstOutputMs }) => firstOutputMs ?? [])),
  );
  const isCertain = rows.every(({ value }) => value.kills.length >= 6);
  return {
    title: `${group.workload}, ${group.guarantee}: recovery over all kills`,
    caption: `Median over the kills (${isCertain ? '95 % interval of it' : 'range that covers it; a 95 % interval needs six kills'}; highest), from the SIGKILL. Lost and repeated: outputs, as the oracle counted them over the whole run.`,
    headers: [
      'engine',
      'kills',
      `first output, ${scale.unit}`,
      `caught up, ${scale.unit}`,
      'replayed',
      'lost',
      'repeated',
      'written, a second',
      'keys',
      'phase sum error, ms',
      'detection',
    ],
    rows: rows.map(({ cell, value }) => [
      seriesName(cell),
      killsText(value.kills),
      overKills(value.kills, (kill) => kill.firstOutputMs, scale.format),
      overKills(value.kills, (kill) => kill.caughtUpMs, scale.format),
      overKills(value.kills, (kill) => kill.replayedRecords, whole),
      whole(value.lost),
      whole(value.duplicates),
      value.bytesWrittenPerSecond === null ? '–' : bytes(value.bytesWrittenPerSecond),
      value.stateKeys === null ? '–' : whole(value.stateKeys),
      phaseSumError(value.kills),
      value.detection,
    ]),
  };
}

function killsText(kills: readonly Kill[]): string {
  const slots = kills.filter(({ target }) => target === 'slot').length;
  return `${kills.length}${slots === 0 ? '' : ` (${slots} of a slot)`}`;
}

/** The largest difference between the sum of the phases and the total that the observer alone saw. */
function phaseSumError(kills: readonly Kill[]): string {
  const errors = kills.flatMap(({ phaseSumErrorMs }) =>
    phaseSumErrorMs === null ? [] : [Math.abs(phaseSumErrorMs)],
  );
  return errors.length === 0 ? '–' : significant(Math.max(...errors));
}

function overKills(
  kills: readonly Kill[],
  pick: (kill: Kill) => number | null,
  format: (value: number) => string,
): string {
  const known = kills.map(pick).filter((value) => value !== null);
  const missing = kills.length - known.length;
  const found = repeated(known);
  if (found === null) return 'never';
  const { median, interval, max } = found;
  const range =
    interval === null ? '' : ` (${format(interval.low)}–${format(interval.high)}; ${format(max)})`;
  return `${format(median)}${range}${missing === 0 ? '' : `, ${missing} never`}`;
}
