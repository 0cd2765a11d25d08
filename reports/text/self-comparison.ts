import { cleanText } from '../markup/index.ts';
import { metric } from '../model/index.ts';
import { sharePercent } from '../numbers/index.ts';
import type { SelfComparison } from '../regression/index.ts';
import { alignTable, paint, type TextCell } from './align.ts';

/**
 * A side compared with itself as text: a line a metric of a cell, with the smallest change that this many runs show. Where that is larger
 * than the metric's minimum effect it is marked, and about how many runs it would take stands beside it. Ends with a line break.
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
      ? paint('every limit is at or above the smallest change that so many runs show', 'good', colour)
      : paint(
          `${blind} of ${self.tests} metrics: the limit is below the smallest change that so many runs show; run as often as the last column says, or raise minimumEffect`,
          'warn',
          colour,
        ),
  ];
  const empty = ['no metric has the four runs that halves need'];
  return `${[...sections, self.rows.length === 0 ? empty : closing].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

type SelfRow = SelfComparison['rows'][number];

const isBlind = ({ limit }: SelfRow): boolean => limit === 'too small';

const COLUMNS = [
  { header: ['', 'cell'], align: 'left' },
  { header: ['', 'metric'], align: 'left' },
  { header: ['', 'n'], align: 'right' },
  { header: ['halves', 'p < level'], align: 'right' },
  { header: ['called', 'changed'], align: 'right' },
  { header: ['', 'limit'], align: 'right' },
  { header: ['smallest change', 'seen in 80 %'], align: 'right' },
  { header: ['runs for', 'the limit'], align: 'right' },
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
    isBlind(row) ? { text: row.runsNeeded === null ? '?' : `~${row.runsNeeded}`, paint: 'warn' } : plain(''),
  ];
}

const LONGEST_NAME = 60;
