import { cleanText } from '../markup/index.ts';
import type { Cell, Floor, Result } from '../model/index.ts';
import { type CellFigures, figuresOf } from './figures.ts';

/** Cells that answer the same question and so stand against each other: one workload under one guarantee. */
export interface Group {
  readonly workload: Cell['workload'];
  readonly guarantee: Cell['guarantee'];
  readonly cells: readonly CellFigures[];
  readonly floor: Floor | null;
}

/** The cells of a result in groups, in the order of the file. */
export function groupsOf(result: Result): readonly Group[] {
  const groups = new Map<string, CellFigures[]>();
  for (const cell of result.cells) {
    const key = `${cell.workload} ${cell.guarantee}`;
    const group = groups.get(key) ?? [];
    group.push(figuresOf(cell));
    groups.set(key, group);
  }
  return [...groups.values()].flatMap((cells) => {
    const [first] = cells;
    if (first === undefined) return [];
    const { workload, guarantee } = first.cell;
    return [{ workload, guarantee, cells, floor: floorOf(result, workload, cells) }];
  });
}

/** What a cell is called beside others of its group: the engine, and the profile where it is not the default one. */
export function seriesName(cell: Cell): string {
  const engine = cell.engine === 'event' ? 'event-driven' : cell.engine;
  return cell.profile === 'default' ? engine : `${engine} (${cleanText(cell.profile, LONGEST_PROFILE)})`;
}

const LONGEST_PROFILE = 40;

/** The floor at the rate at which the cells ran; of several, the first. */
function floorOf(result: Result, workload: Cell['workload'], cells: readonly CellFigures[]): Floor | null {
  const rates = cells.map((cell) => cell.latency.value?.offeredRatePerSecond);
  const floors = (result.floors ?? []).filter((floor) => floor.workload === workload);
  return floors.find((floor) => rates.includes(floor.offeredRatePerSecond)) ?? null;
}
