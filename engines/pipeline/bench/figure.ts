import type { EngineName } from '../lifecycle/index.ts';

/** A figure that a benchmark measures, with what it has to reach. */
interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly target: { readonly kind: 'at-least' | 'at-most'; readonly value: number };
}

export interface MeasuredFigure extends Figure {
  readonly value: number;
  readonly reached: boolean;
  /** What the figure is made of: ranges, rates of both sides of a ratio. */
  readonly detail: string;
}

export function measuredFigure(figure: Figure, value: number, detail: string): MeasuredFigure {
  const { kind, value: target } = figure.target;
  return { ...figure, value, detail, reached: kind === 'at-least' ? value >= target : value <= target };
}

/** A figure as it is printed and stored: with the engine that it is of. */
export interface EngineFigure extends MeasuredFigure {
  readonly engine: EngineName;
}

/** `reached  event  engine alone: 1,612,000 events/s (at least 1,500,000)  detail` */
function figureLine({ engine, name, unit, target, value, reached, detail }: EngineFigure): string {
  const mark = reached ? 'reached' : 'MISSED ';
  const bound = `${target.kind === 'at-least' ? 'at least' : 'at most'} ${numeral(target.value)}`;
  return `${mark}  ${engine}  ${name}: ${numeral(value)} ${unit} (${bound})  ${detail}`;
}

export interface FigureGroup {
  /** What `--only` is given. */
  readonly name: string;
  measure(progress: (text: string) => void): Promise<readonly MeasuredFigure[]>;
}

/**
 * Measures the groups one after the other and prints each figure as soon as it is known.
 *
 * @param only the groups to measure; all if it is empty
 * @throws an Error that names the groups there are, if one of `only` is none
 */
export async function runFigures(
  engine: EngineName,
  groups: readonly FigureGroup[],
  only: readonly string[],
  print: { readonly line: (text: string) => void; readonly progress: (text: string) => void },
): Promise<readonly EngineFigure[]> {
  const names = groups.map(({ name }) => name);
  const unknown = only.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`There is no figure "${unknown}": ${names.join(', ')}`);
  const measured: EngineFigure[] = [];
  for (const group of groups) {
    if (only.length > 0 && !only.includes(group.name)) continue;
    print.progress(`${group.name}: measuring`);
    for (const alone of await group.measure((text) => print.progress(`${group.name}: ${text}`))) {
      const figure = { engine, ...alone };
      measured.push(figure);
      print.line(figureLine(figure));
    }
  }
  return measured;
}

function numeral(value: number): string {
  const digits = Math.abs(value) >= 1_000 ? 0 : Math.abs(value) >= 10 ? 1 : 3;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}
