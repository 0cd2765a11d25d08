import {
  type Chart,
  drawPanel,
  highestPoints,
  linearScale,
  type Point,
  rightFor,
  type Series,
} from '../charts/index.ts';
import { type Group, measuredRuns, middleRun, seriesName } from '../comparison/index.ts';
import type { Cell, ProcessCost } from '../model/index.ts';
import { significant } from '../numbers/index.ts';
import { chartId } from './chart-id.ts';
import { engineStyle } from './series-style.ts';
import { countTick, secondsTick } from './time-label.ts';

const LEFT = 58;
const CPU = { top: 22, bottom: 112 };
const MEMORY = { top: 142, bottom: 232 };
const ROWS_A_PROCESS = 10;
/** Points of a drawn line; of the samples between two of them the highest is drawn. */
const POINTS_A_LINE = 60;

interface Sampled {
  readonly cell: Cell;
  readonly name: string;
  readonly timeline: NonNullable<ProcessCost['timeline']>;
}

/** CPU and memory over time of each process of the engines, in the latency run with the middle p99; null where nothing was sampled. */
export function costChart(group: Group): Chart | null {
  const sampled = group.cells.flatMap(({ cell }) => {
    const run = middleRun(measuredRuns(cell, 'latency'), ({ figures }) => figures.latency.p99 ?? 0);
    const processes = run?.cost?.processes ?? [];
    return processes.flatMap(({ name, timeline }): readonly Sampled[] => {
      const series = seriesName(cell);
      const shown = processes.length > 1 ? `${series}, ${name}` : series;
      return timeline === null || timeline.cpuShare.length === 0 ? [] : [{ cell, name: shown, timeline }];
    });
  });
  if (sampled.length === 0) return null;
  const right = rightFor(sampled.map(({ name }) => name));
  const endMs = Math.max(...sampled.map(({ timeline }) => timeAt(timeline, timeline.cpuShare.length)));
  const fromMs = Math.min(0, ...sampled.map(({ timeline }) => timeline.firstAtMs));
  const x = linearScale({ from: fromMs, to: endMs }, { from: LEFT, to: right }, 6, secondsTick);
  const panel = (area: typeof CPU, which: 'cpuShare' | 'rssMb', xTitle: string | null, yTitle: string) => {
    const series = sampled.map((one) => lineOf(one, which));
    const highest = Math.max(...series.flatMap(({ points }) => points.map(([, y]) => y ?? 0)));
    const y = linearScale({ from: 0, to: highest * 1.1 }, { from: area.bottom, to: area.top }, 3, countTick);
    return drawPanel({
      left: LEFT,
      right,
      ...area,
      x,
      y,
      xTitle,
      yTitle,
      series,
      bands: [],
      verticals: [],
      rug: null,
    });
  };
  return {
    id: chartId('cost', group),
    title: `${group.workload}, ${group.guarantee}: CPU and memory of the engines`,
    description: `From the operating system, each ${sampled[0]?.timeline.stepMs ?? 0} ms.`,
    height: MEMORY.bottom + 40,
    cursor: { top: CPU.top, bottom: MEMORY.bottom },
    drawing: [
      panel(CPU, 'cpuShare', null, 'CPU, cores in use'),
      panel(MEMORY, 'rssMb', 'time since the start of the schedule, s', 'resident memory, MiB'),
    ],
    legend: null,
    table: {
      caption: 'Of neighbouring samples the one with the highest CPU.',
      headers: ['time, s', 'process', 'CPU, cores', 'resident, MiB'],
      rows: sampled
        .flatMap(rowsOf)
        .sort((a, b) => a.atMs - b.atMs)
        .map(({ atMs, name, cpu, rssMb }) => ({
          x: x.position(atMs),
          cells: [secondsTick(atMs), name, significant(cpu), significant(rssMb)],
        })),
    },
  };
}

const timeAt = ({ firstAtMs, stepMs }: Sampled['timeline'], i: number) => firstAtMs + i * stepMs;

function lineOf({ cell, name, timeline }: Sampled, which: 'cpuShare' | 'rssMb'): Series {
  const points = timeline[which].map((value, i): Point => [timeAt(timeline, i), value]);
  return {
    points: highestPoints(points, POINTS_A_LINE),
    shape: 'line',
    endLabel: name,
    ...engineStyle(cell.engine),
  };
}

function rowsOf({ name, timeline }: Sampled) {
  const { cpuShare, rssMb } = timeline;
  const perRow = Math.max(1, Math.ceil(cpuShare.length / ROWS_A_PROCESS));
  return Array.from({ length: Math.ceil(cpuShare.length / perRow) }, (_, row) => {
    const part = cpuShare.slice(row * perRow, (row + 1) * perRow);
    const cpu = Math.max(...part);
    const i = row * perRow + part.indexOf(cpu);
    return { atMs: timeAt(timeline, i), name, cpu, rssMb: rssMb[i] ?? 0 };
  });
}
