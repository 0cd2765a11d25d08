import type { SustainRun, SustainStep } from '../model/index.ts';
import { scaleFor, significant, whole } from '../numbers/index.ts';
import { type Group, seriesName } from './group.ts';
import { measuredRuns } from './measured-runs.ts';
import type { Sheet } from './sheet.ts';

type Figures = NonNullable<SustainRun['figures']>;

/** A finished search for the sustainable rate, with the name of its cell, and of its run where there are several. */
export interface Search {
  readonly name: string;
  readonly cell: Group['cells'][number]['cell'];
  readonly figures: Figures;
}

/** The searches of a group that carry figures. */
export function searchesOf(group: Group): readonly Search[] {
  return group.cells.flatMap(({ cell }) => {
    const runs = measuredRuns(cell, 'sustain');
    return runs.map(({ figures }, i) => ({
      name: runs.length > 1 ? `${seriesName(cell)}, search ${i + 1}` : seriesName(cell),
      cell,
      figures,
    }));
  });
}

/** Whether a point of a curve may show its figures. */
export function isValid({ remarks }: Figures['curve'][number]): boolean {
  return remarks.every(({ level }) => level !== 'invalid');
}

/** The answers of a group's searches, its curves and its steps; none without a search. */
export function sustainSheets(group: Group): readonly Sheet[] {
  const searches = searchesOf(group);
  if (searches.length === 0) return [];
  const of = `${group.workload}, ${group.guarantee}`;
  const curve = curveSheet(of, searches);
  return [answerSheet(of, searches), ...(curve === null ? [] : [curve]), stepsSheet(of, searches)];
}

function answerSheet(of: string, searches: readonly Search[]): Sheet {
  const rate = (value: number | null) => (value === null ? '–' : whole(value));
  return {
    title: `${of}: sustainable rate`,
    caption:
      'The highest rate that held and was confirmed, and the bracket that the search ended with: the highest rate that holds and the lowest that does not.',
    headers: [
      'engine',
      'sustainable, /s',
      'holds, /s',
      'fails, /s',
      'limited by',
      'limit',
      'probes',
      'confirmed',
    ],
    rows: searches.map(({ name, figures }) => [
      name,
      figures.sustainablePerSecond === null ? 'none' : whole(figures.sustainablePerSecond),
      rate(figures.bracket.holds),
      rate(figures.bracket.fails),
      LIMITED_BY[figures.limitedBy],
      `p${figures.slo.percentile} ≤ ${significant(figures.slo.limitMs)} ms`,
      String(figures.steps.length),
      `${figures.confirmations}×`,
    ]),
  };
}

const LIMITED_BY: Readonly<Record<Figures['limitedBy'], string>> = {
  engine: 'engine',
  driver: 'driver: the engine may do more',
  range: 'end of the range: the engine may do more',
  probes: 'number of probes',
};

function curveSheet(of: string, searches: readonly Search[]): Sheet | null {
  const points = searches.flatMap(({ name, figures }) =>
    figures.curve.map((point) => ({ name, point, isShown: isValid(point) })),
  );
  if (points.length === 0) return null;
  const scale = scaleFor(
    'us',
    points.flatMap(({ isShown, point: { latency } }) =>
      !isShown ? [] : [latency.p50, latency.p99, latency.p999].filter((value) => value !== null),
    ),
  );
  const show = (value: number | null) => (value === null ? 'few' : scale.format(value));
  return {
    title: `${of}: latency at shares of the sustainable rate`,
    caption: "Each engine at the same shares of its own sustainable rate. Shorter runs than a latency run's.",
    headers: [
      'engine',
      'share',
      'rate, /s',
      ...['p50', 'p99', 'p99.9'].map((rank) => `${rank}, ${scale.unit}`),
      'samples',
      'remarks',
    ],
    rows: points.map(({ name, isShown, point: { share, ratePerSecond, latency, remarks } }) => [
      name,
      `${Math.round(share * 100)} %`,
      whole(ratePerSecond),
      ...[latency.p50, latency.p99, latency.p999].map((value) => (isShown ? show(value) : 'refused')),
      whole(latency.count),
      remarks.map(({ code }) => code).join(', '),
    ]),
  };
}

function stepsSheet(of: string, searches: readonly Search[]): Sheet {
  const milliseconds = (value: number | null) => (value === null ? '–' : significant(value));
  return {
    title: `${of}: steps of the search`,
    caption: 'In the order in which they ran.',
    headers: ['engine', 'step', 'rate, /s', 'verdict', 'p99, ms', 'lag growth, /s', 'drain, ms', 'why'],
    rows: searches.flatMap(({ name, figures }) =>
      figures.steps.map((step, i) => [
        name,
        `${i + 1} ${step.purpose}`,
        whole(step.ratePerSecond),
        VERDICTS[step.verdict],
        milliseconds(step.p99Us === null ? null : step.p99Us / 1_000),
        milliseconds(step.lagSlopePerSecond),
        milliseconds(step.drainMs),
        step.reasons.join('; '),
      ]),
    ),
  };
}

const VERDICTS: Readonly<Record<SustainStep['verdict'], string>> = {
  holds: 'holds',
  fails: 'fails',
  driver: 'driver fails',
};
