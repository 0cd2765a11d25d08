import { cleanText } from '../markup/index.ts';
import { metric } from '../model/index.ts';
import { sharePercent } from '../numbers/index.ts';
import type { SelfComparison } from '../regression/index.ts';
import { alignTable, paint, type TextCell } from './align.ts';

/**
 * A side compared with itself as text: a line a metric of a cell, with the smallest change that this many runs show; those that are larger
 * than the metric's minimum effect are marked, since smaller ones pass unseen. Ends with a line break.
 */
export function renderSelfText(self: SelfComparison, { colour }: { readonly colour: boolean }): string {
  const blocks = Map.groupBy(self.rows, ({ workload, guarantee }) => JSON.stringify([workload, guarantee]));
  const sections = [...blocks.values()].map((rows) => [
    paint(`${cleanText(rows[0]?.workload ?? '')}, ${cleanText(rows[0]?.guarantee ?? '')}`, 'bold', colour),
    ...alignTable(COLUMNS, rows.map(lineOf), colour),
  ]);
  const blind = self.rows.filter(isBlind).length;
  const closing = [
    `${cleanText(self.name)} against itself: ${self.splits} random splits into halves, ${self.tests} metrics, level ${self.alpha}`,
    `false alarms: ${sharePercent(self.falseAlarms)} of the splits call some metric changed`,
    blind === 0
      ? paint('every metric: a change of its limit is seen in 80 % of comparisons', 'good', colour)
      : paint(
          `${blind} of ${self.tests} metrics: a change of the limit is seen in less than 80 % of comparisons; run more often, or raise minimumEffect`,
          'warn',
          colour,
        ),
  ];
  const empty = ['no metric has the four runs that halves need'];
  return `${[...sections, self.rows.length === 0 ? empty : closing].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

type SelfRow = SelfComparison['rows'][number];

// The search for the effect ends at steps below half a per cent: as much above the limit is the limit itself.
const STEP = 0.005;

const isBlind = ({ detectable, minimumEffect }: SelfRow): boolean =>
  detectable === null || detectable > minimumEffect + STEP;

const COLUMNS = [
  { header: ['', 'cell'], align: 'left' },
  { header: ['', 'metric'], align: 'left' },
  { header: ['', 'n'], align: 'right' },
  { header: ['halves', 'p < level'], align: 'right' },
  { header: ['called', 'changed'], align: 'right' },
  { header: ['', 'limit'], align: 'right' },
  { header: ['smallest change', 'seen in 80 %'], align: 'right' },
] as const;

function lineOf(row: SelfRow): readonly TextCell[] {
  const plain = (text: string): TextCell => ({ text, paint: 'plain' });
  return [
    plain(cleanText(row.cell, LONGEST_NAME)),
    plain(metric(row.metric).title),
    plain(String(row.runs)),
    plain(sharePercent(row.belowAlpha)),
    plain(sharePercent(row.changed)),
    plain(sharePercent(row.minimumEffect)),
    {
      text: row.detectable === null ? 'none' : sharePercent(row.detectable),
      paint: isBlind(row) ? 'warn' : 'plain',
    },
  ];
}

const LONGEST_NAME = 60;
