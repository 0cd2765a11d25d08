import type { Distribution } from '../model/index.ts';
import { scaleFor } from '../numbers/index.ts';
import { median } from '../statistics/index.ts';
import { floorFor, type Group, seriesName } from './group.ts';
import type { Sheet } from './sheet.ts';

const RANKS = ['p50', 'p99'] as const;

/** Where the latency of each cell comes about, from the due instant: emitted, appended, visible; beside it what another start or no engine gives. */
export function stagesSheet(group: Group): Sheet | null {
  const rows = group.cells.flatMap((figures) => {
    const reading = figures.latency.value;
    if (reading === null) return [];
    const floor = floorFor(group, figures)?.latency ?? null;
    const { emitted, appended, latency, uncorrected, each } = reading;
    const visible = ranksOf(latency, each, (run) => run.latency);
    const values = [
      ...ranksOf(emitted, each, ({ stages }) => stages.emitted),
      ...ranksOf(appended, each, ({ stages }) => stages.appended),
      ...visible,
      ...ranksOf(uncorrected, each, (run) => run.uncorrected),
      ...visible.map((whole, i) => above(whole, floor?.[RANKS[i] as Rank] ?? null)),
    ];
    return [{ name: seriesName(figures.cell), values }];
  });
  if (rows.length === 0) return null;
  const scale = scaleFor(
    'us',
    rows.flatMap(({ values }) => values.filter((value) => value !== null)),
  );
  const headers = ['emitted', 'appended', 'visible', 'from send', 'above floor'].flatMap((stage) =>
    RANKS.map((rank) => `${stage} ${rank}, ${scale.unit}`),
  );
  // Stages that no cell tells would be columns of dashes.
  const isKnown = headers.map((_, column) => rows.some(({ values }) => values[column] !== null));
  const known = <Value>(values: readonly Value[]) => values.filter((_, column) => isKnown[column]);
  return {
    title: `${group.workload}, ${group.guarantee}: stages of the latency`,
    caption:
      'From the due instant of each input to: the engine made the covering output (in steps of 1 ms), it stood in the topic, a read_committed consumer had it. From send: visible, but from the actual send (uncorrected). Above floor: visible minus the same percentile with no engine.',
    headers: ['engine', ...known(headers)],
    rows: rows.map(({ name, values }) => [
      name,
      ...known(values).map((value) => (value === null ? '–' : scale.format(value))),
    ]),
  };
}

type Rank = (typeof RANKS)[number];

/** As in the comparison table: the median over runs where every run has the percentile, else that of all runs merged. */
function ranksOf<Figures>(
  merged: Distribution | null,
  each: readonly Figures[],
  pick: (run: Figures) => Distribution | null,
): readonly (number | null)[] {
  return RANKS.map((rank) => {
    const known = each.flatMap((run) => pick(run)?.[rank] ?? []);
    return merged !== null && known.length === each.length ? median(known) : (merged?.[rank] ?? null);
  });
}

function above(whole: number | null, without: number | null): number | null {
  return whole === null || without === null ? null : Math.max(0, whole - without);
}
