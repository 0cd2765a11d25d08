import type { Cell, Distribution, Floor, Result, Run } from '../model/index.ts';

/** Points that are kept of a drain's curve. */
const CURVE_POINTS = 12;
/** Characters that the histograms of latency runs may take together: with more, none is kept. */
const MOST_HISTOGRAM_CHARACTERS = 40_000;

/**
 * A copy of a result that is small enough for a repository. What is left out: series over time (slices, marks, the distribution of each
 * second, resources), most points of a drain's curve, what engines told of their insides and of single batches, and histograms but
 * those of the latency. Where even these are too many they go too, but for cells with a run of too few samples for a p99: there only the
 * merged runs may have one. Every percentile, count, kill, probe, setting and refusal stays, and so does every line of the text report but
 * those of operators, checkpoints and watermarks.
 */
export function compactResult(result: Result): Result {
  const latencies = result.cells.flatMap(({ runs }) => runs).filter(carriesLatency);
  const characters = latencies.reduce(
    (sum, { figures }) => sum + (figures?.latency.histogram?.length ?? 0),
    0,
  );
  const keepsLatencies = characters <= MOST_HISTOGRAM_CHARACTERS;
  return {
    ...result,
    cells: result.cells.map((cell) => compactCell(cell, keepsLatencies)),
    floors: result.floors.map(compactFloor),
  };
}

const carriesLatency = (run: Run): run is Extract<Run, { kind: 'latency' }> =>
  run.kind === 'latency' && run.outcome === 'passed' && run.figures !== null;

type Latencies = 'latency' | 'uncorrected' | 'perOutput' | 'generatorLag';

function compactCell(cell: Cell, keepsLatencies: boolean): Cell {
  const figures = cell.runs.filter(carriesLatency).flatMap((run) => run.figures ?? []);
  const isShort = (distributions: readonly (Distribution | null)[]): boolean =>
    figures.length > 1 && distributions.some((distribution) => distribution?.p99 === null);
  const kept = new Set<Latencies | 'emitted' | 'appended'>([
    ...(keepsLatencies ? (['latency'] as const) : []),
    ...(['latency', 'uncorrected', 'perOutput', 'generatorLag'] as const).filter((name) =>
      isShort(figures.map((one) => one[name])),
    ),
    ...(['emitted', 'appended'] as const).filter((name) =>
      isShort(figures.map(({ stages }) => stages[name])),
    ),
  ]);
  return { ...cell, runs: cell.runs.map((run) => compactRun(run, kept)) };
}

function compactRun(run: Run, kept: ReadonlySet<string>): Run {
  const common = {
    introspection: null,
    batches: run.batches === null ? null : { ...run.batches, newest: [] },
    cost: run.cost === null ? null : compactCost(run.cost),
  };
  switch (run.kind) {
    case 'latency':
      return { ...run, ...common, figures: run.figures && compactLatency(run, run.figures, kept) };
    case 'drain':
      return {
        ...run,
        ...common,
        figures: run.figures && { ...run.figures, covered: thinned(run.figures.covered) },
      };
    case 'recovery':
      return {
        ...run,
        ...common,
        figures: run.figures && {
          ...run.figures,
          latency: bare(run.figures.latency),
          generatorLag: bare(run.figures.generatorLag),
          slices: [],
          marks: [],
        },
      };
    case 'sustain':
      return {
        ...run,
        ...common,
        figures: run.figures && {
          ...run.figures,
          curve: run.figures.curve.map((point) => ({ ...point, latency: bare(point.latency) })),
        },
      };
    default:
      return run satisfies never;
  }
}

type LatencyFigures = NonNullable<Extract<Run, { kind: 'latency' }>['figures']>;

/** A refused run shows no figure, so its histograms are of no use. */
function compactLatency(
  { outcome }: Run,
  figures: LatencyFigures,
  kept: ReadonlySet<string>,
): LatencyFigures {
  const of = (name: string, distribution: Distribution): Distribution =>
    outcome === 'passed' && kept.has(name) ? distribution : bare(distribution);
  const { emitted, appended } = figures.stages;
  return {
    ...figures,
    latency: of('latency', figures.latency),
    uncorrected: of('uncorrected', figures.uncorrected),
    perOutput: of('perOutput', figures.perOutput),
    generatorLag: of('generatorLag', figures.generatorLag),
    stages: {
      emitted: emitted && of('emitted', emitted),
      appended: appended && of('appended', appended),
    },
    seconds: [],
    slices: [],
    marks: [],
  };
}

const compactCost = (cost: NonNullable<Run['cost']>): NonNullable<Run['cost']> => ({
  ...cost,
  processes: cost.processes.map((process) => ({ ...process, timeline: null })),
});

const compactFloor = (floor: Floor): Floor => ({
  ...floor,
  latency: bare(floor.latency),
  uncorrected: floor.uncorrected && bare(floor.uncorrected),
  generatorLag: bare(floor.generatorLag),
});

const bare = (distribution: Distribution): Distribution => ({ ...distribution, histogram: null });

/** Evenly spaced items, the first and the last among them. */
function thinned<Item>(items: readonly Item[]): Item[] {
  if (items.length <= CURVE_POINTS) return [...items];
  return Array.from({ length: CURVE_POINTS }, (_, i) => {
    return items[Math.round((i * (items.length - 1)) / (CURVE_POINTS - 1))] as Item;
  });
}
