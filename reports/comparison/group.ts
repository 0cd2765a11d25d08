import { cleanText } from '../markup/index.ts';
import { type Cell, type Floor, type NoiseFloor, OWN_VALUE, type Result, type Run } from '../model/index.ts';
import { type CellFigures, figuresOf } from './figures.ts';
import { isSound } from './floor-sentence.ts';

/** Cells that answer one question with the same variables: they stand against each other. */
export interface Contest {
  /** The variables' values, and the profile where each profile has a contest of its own; null where there is nothing to say. */
  readonly name: string | null;
  readonly cells: readonly CellFigures[];
}

/** All cells of one workload under one guarantee, with the points of their sweeps. */
export interface Group {
  /** From 1, in the order of the file. */
  readonly number: number;
  /** Clipped: the titles of all its charts and tables hold it. */
  readonly workload: string;
  readonly guarantee: Cell['guarantee'];
  readonly cells: readonly CellFigures[];
  readonly contests: readonly Contest[];
  /** Floors of the workload at the rates of its cells, refused ones too. */
  readonly floors: readonly Floor[];
  readonly noiseFloors: readonly NoiseFloor[];
}

/** The cells of a result in groups, in the order of the file. */
export function groupsOf(result: Result): readonly Group[] {
  const groups = new Map<string, CellFigures[]>();
  for (const cell of result.cells.flatMap(apartByRate)) {
    const key = JSON.stringify([cell.workload, cell.guarantee]);
    const group = groups.get(key) ?? [];
    group.push(figuresOf(cell));
    groups.set(key, group);
  }
  return [...groups.values()].flatMap((cells, i) => {
    const [first] = cells;
    if (first === undefined) return [];
    const { workload, guarantee } = first.cell;
    return [
      {
        number: i + 1,
        workload: cleanText(workload),
        guarantee,
        cells,
        contests: contestsOf(cells),
        floors: floorsOf(result, workload, cells),
        noiseFloors: result.noiseFloors.filter(
          (noise) => noise.workload === workload && noise.guarantee === guarantee,
        ),
      },
    ];
  });
}

/** What a cell is called beside others of its group: the engine, the profile where it is not the default one, and its variables. */
export function seriesName(cell: Pick<Cell, 'engine' | 'profile' | 'settings' | 'variables'>): string {
  const engine = engineTitle(cell);
  const name =
    cell.profile === 'default' ? engine : `${engine} (${cleanText(cell.profile, LONGEST_PROFILE)})`;
  const variables = variablesText(cell.variables);
  return variables === '' ? name : `${name}, ${variables}`;
}

/** The engine as its users call it; a real system with its version, where the cell tells it. */
function engineTitle({ engine, settings }: Pick<Cell, 'engine' | 'settings'>): string {
  switch (engine) {
    case 'event':
      return 'event-driven';
    case 'micro-batch':
      return 'micro-batch';
    case 'flink':
    case 'spark': {
      const name = engine === 'flink' ? 'Apache Flink' : 'Apache Spark';
      const version = settings.find((setting) => setting.name === `${engine}Version`)?.value;
      return version === undefined ? name : `${name} ${cleanText(version, LONGEST_VERSION)}`;
    }
  }
}

const LONGEST_PROFILE = 40;
const LONGEST_VERSION = 16;

/** Whether the variables of two cells put them beside each other. */
export function isSameContest(one: Cell, other: Cell): boolean {
  return variablesText(one.variables) === variablesText(other.variables);
}

/** `checkpointIntervalMs=250, rate=5000`, in the order of the names; empty without variables. A value that comes with the engine says nothing beside its name. */
export function variablesText(variables: Cell['variables']): string {
  return Object.entries(variables)
    .filter(([, value]) => value !== OWN_VALUE)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => cleanText(`${name}=${value}`, LONGEST_PROFILE))
    .join(', ');
}

/** The floor that a cell's latency stands on: the one at its rate. */
export function floorFor(group: Pick<Group, 'floors'>, figures: CellFigures): Floor | null {
  const rate = figures.latency.value?.offeredRatePerSecond;
  return group.floors.find((floor) => floor.offeredRatePerSecond === rate && isSound(floor)) ?? null;
}

function floorsOf(result: Result, workload: string, cells: readonly CellFigures[]): readonly Floor[] {
  const rates = cells.map((cell) => cell.latency.value?.offeredRatePerSecond);
  return result.floors.filter(
    (floor) => floor.workload === workload && rates.includes(floor.offeredRatePerSecond),
  );
}

function contestsOf(cells: readonly CellFigures[]): readonly Contest[] {
  const points = new Map<string, CellFigures[]>();
  for (const figures of cells) {
    const key = variablesText(figures.cell.variables);
    const point = points.get(key) ?? [];
    point.push(figures);
    points.set(key, point);
  }
  return [...points].flatMap(([name, rivals]) => {
    const profiles = [...new Set(rivals.map(({ cell }) => cell.profile))];
    const byProfile = profiles.map((profile) => rivals.filter(({ cell }) => cell.profile === profile));
    // Where every profile has its own rivals, tuned stands against tuned; a lone profile stands against the others.
    const isApart = profiles.length > 1 && byProfile.every((side) => side.length > 1);
    if (!isApart) return [{ name: name === '' ? null : name, cells: rivals }];
    return byProfile.map((side, i) => ({
      name: [cleanText(`profile ${profiles[i]}`, LONGEST_PROFILE), name]
        .filter((part) => part !== '')
        .join(', '),
      cells: side,
    }));
  });
}

/** Runs at different offered rates are different points, also where one cell holds them: their latencies are never merged. */
function apartByRate(cell: Cell): readonly Cell[] {
  const rates = [...new Set(cell.runs.map(rateOf).filter((rate) => rate !== null))];
  if (rates.length < 2) return [cell];
  return rates.map((rate) => ({
    ...cell,
    variables: { ...cell.variables, ratePerSecond: String(rate) },
    runs: cell.runs.filter((run) => (rateOf(run) ?? rates[0]) === rate),
  }));
}

function rateOf(run: Run): number | null {
  return run.kind === 'latency' && run.figures !== null ? run.figures.offeredRatePerSecond : null;
}
