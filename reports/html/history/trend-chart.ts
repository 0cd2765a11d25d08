import { type Chart, drawPanel, linearScale, type Point, type Scale, type Span } from '../../charts/index.ts';
import { changeText, commitOf, dayOf, type HistorySeries, probability } from '../../history/index.ts';
import { html } from '../../markup/index.ts';
import { metric } from '../../model/index.ts';
import { scaleFor } from '../../numbers/index.ts';
import { engineStyle } from '../series-style.ts';

const LEFT = 58;
const RIGHT = 470;
const TOP = 34;
const BOTTOM = 184;
/** Dates along the axis; more would run into each other. */
const TICKS = 4;

/** One metric of one cell over its results, with the level between two changes drawn through. */
export function trendChart(series: HistorySeries, id: string): Chart {
  const { of, points, changes } = series;
  const { title, unit, definition, direction } = metric(of.metric);
  const values = points.map(({ value }) => value);
  const scale = scaleFor(unit, values);
  const x = resultScale(series);
  const highest = Math.max(...values) * 1.1 || 1;
  const y = linearScale({ from: 0, to: highest }, { from: BOTTOM, to: TOP }, 4, scale.format);
  const header = scale.unit === '' ? title : `${title}, ${scale.unit}`;
  const { style, marker } = engineStyle(of.engine);
  const line = values.map((value, i): Point => [i, value]);
  return {
    id,
    title,
    description: `${definition} ${points.length} results, the oldest first; ${direction}. ${changesText(series)}`,
    height: BOTTOM + 40,
    cursor: { top: TOP, bottom: BOTTOM },
    drawing: [
      drawPanel({
        left: LEFT,
        right: RIGHT,
        top: TOP,
        bottom: BOTTOM,
        x,
        y,
        xTitle: 'result',
        yTitle: header,
        series: [
          { style: 'floor', shape: 'line', points: levels(series), endLabel: null, marker: 'none' },
          { style, shape: 'line', points: line, endLabel: '', marker },
        ],
        bands: [],
        verticals: changes.map((change) => ({
          at: change.index - 0.5,
          style: 'kill',
          label: changeText(change),
        })),
        rug: null,
      }),
    ],
    legend: html`${changesText(series)}`,
    table: {
      caption: `${title} of each result, the oldest first.`,
      headers: ['date', 'commit', header, 'runs', 'change of level'],
      rows: points.map(({ entry, value, runs }, i) => {
        const change = changes.find(({ index }) => index === i);
        const changed =
          change === undefined ? '–' : `${changeText(change)}, ${change.meaning}, ${probability(change.p)}`;
        return {
          x: x.position(i),
          cells: [dayOf(entry), commitOf(entry), scale.format(value), String(runs), changed],
        };
      }),
    },
  };
}

function changesText({ isSearched, changes }: HistorySeries): string {
  if (!isSearched) return 'Too few results to look for changes of level.';
  if (changes.length === 0) return 'No change of level.';
  return 'Red lines: changes of level. Dotted: the level between them.';
}

/** The mean of each stretch between two changes, flat. */
function levels({ points, changes }: HistorySeries): readonly Point[] {
  return changes.flatMap((change, i): readonly Point[] => {
    const start = changes[i - 1]?.index ?? 0;
    const end = (changes[i + 1]?.index ?? points.length) - 1;
    const before: readonly Point[] =
      i > 0
        ? []
        : [
            [start, change.before],
            [change.index - 1, change.before],
            [change.index - 1, null],
          ];
    return [...before, [change.index, change.after], [end, change.after], [end, null]];
  });
}

/** Results one beside the other, whatever the time between them. */
function resultScale({ points }: HistorySeries): Scale {
  const range: Span = { from: LEFT + 30, to: RIGHT - 4 };
  const last = Math.max(1, points.length - 1);
  const position = (index: number) => range.from + (index / last) * (range.to - range.from);
  const count = Math.min(TICKS, points.length);
  const places = Array.from({ length: count }, (_, i) =>
    count < 2 ? 0 : Math.round((i * (points.length - 1)) / (count - 1)),
  );
  return {
    position,
    ticks: places.flatMap((at) => {
      const entry = points[at]?.entry;
      return entry === undefined ? [] : [{ at, label: dayOf(entry).slice(0, 10) }];
    }),
  };
}
