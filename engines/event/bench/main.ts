import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type FigureGroup, runFigures } from '../../pipeline/bench/index.ts';
import { addedLatency } from './added-latency.ts';
import { engineAlone, fusedChain } from './engine-alone.ts';
import { idlePartition } from './idle-partition.ts';
import { slidingWindows } from './sliding-windows.ts';
import { stateBackends } from './state-bench.ts';
import { stateThroughput } from './state-throughput.ts';

/**
 * The engine's figures without Kafka: `node engines/event/bench/main.ts [--only NAME]... [--json FILE]`. Figures go to stdout, each with its
 * target; `harness/bench/engine.ts` runs these and those that take a broker. Exit code 1 when a target is missed.
 */
const GROUPS: readonly FigureGroup[] = [
  engineAlone,
  fusedChain,
  slidingWindows,
  addedLatency,
  idlePartition,
  stateBackends,
  stateThroughput,
];

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    json: { type: 'string' },
  },
});
const figures = await runFigures(GROUPS, options.only, {
  line: (text) => void process.stdout.write(`${text}\n`),
  progress: (text) => void process.stderr.write(`${text}\n`),
});
if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(figures, null, 2)}\n`);
process.exitCode = figures.every(({ reached }) => reached) ? 0 : 1;
