import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { EngineName } from '../lifecycle/index.ts';
import { type FigureGroup, runFigures } from './figure.ts';

/**
 * The main program of an engine's benchmarks: `[--only NAME]... [--json FILE] [--list]`. Figures go to stdout, each with its target, progress to
 * stderr; `--list` prints the names of the groups alone, one a line. Exit code 1 when a target is missed.
 */
export async function benchMain(engine: EngineName, groups: readonly FigureGroup[]): Promise<void> {
  const { values: options } = parseArgs({
    options: {
      only: { type: 'string', multiple: true, default: [] },
      json: { type: 'string' },
      list: { type: 'boolean', default: false },
    },
  });
  const line = (text: string): void => void process.stdout.write(`${text}\n`);
  if (options.list) {
    for (const { name } of groups) line(name);
    return;
  }
  const figures = await runFigures(engine, groups, options.only, {
    line,
    progress: (text) => void process.stderr.write(`${text}\n`),
  });
  if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(figures, null, 2)}\n`);
  process.exitCode = figures.every(({ reached }) => reached) ? 0 : 1;
}
