import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type EngineFigure, type FigureGroup, runFigures } from '../../engines/pipeline/bench/index.ts';
import { kafkaDrain } from './kafka-drain.ts';
import { microBatchDrain } from './micro-batch-drain.ts';
import { triggerLatency } from './trigger-latency.ts';

/** The embedded engines, each with its figures that take a broker. */
const ENGINES: Readonly<Record<'event' | 'micro-batch', readonly FigureGroup[]>> = {
  event: [kafkaDrain],
  'micro-batch': [microBatchDrain, triggerLatency],
};

/**
 * Every figure of the embedded engines with its target: `node harness/bench/engine.ts [--engine NAME] [--only NAME]... [--json FILE]`. Of each engine
 * first those of the engine alone, each group in a process of its own, then from Kafka to Kafka. Exit code 1 when a target is missed.
 */
const { values: options } = parseArgs({
  options: {
    engine: { type: 'string' },
    only: { type: 'string', multiple: true, default: [] },
    json: { type: 'string' },
  },
});
const { engine: wanted, only } = options;
const engines = Object.entries(ENGINES).filter(([engine]) => wanted === undefined || engine === wanted);
if (engines.length === 0)
  throw new Error(`There is no engine "${wanted}": ${Object.keys(ENGINES).join(', ')}`);
const chosen = (names: readonly string[]) => names.filter((name) => only.length === 0 || only.includes(name));

const figures: EngineFigure[] = [];
const known: string[] = [];
for (const [name, withKafka] of engines) {
  const engine = name as keyof typeof ENGINES;
  const script = fileURLToPath(new URL(`../../engines/${engine}/bench/main.ts`, import.meta.url));
  const alone = await groupsOf(script);
  const kafka = withKafka.map((group) => group.name);
  known.push(...alone, ...kafka);
  // Each group in a process of its own: the heap that one leaves behind is in the pauses of the next.
  for (const group of chosen(alone)) figures.push(...(await figuresAlone(script, group)));
  if (chosen(kafka).length === 0) continue;
  const print = {
    line: (line: string) => void process.stdout.write(`${line}\n`),
    progress: (line: string) => void process.stderr.write(`${line}\n`),
  };
  figures.push(...(await runFigures(engine, withKafka, chosen(kafka), print)));
}
const unknown = only.find((name) => !known.includes(name));
if (unknown !== undefined) throw new Error(`There is no figure "${unknown}": ${known.join(', ')}`);
const reached = figures.filter((figure) => figure.reached).length;
process.stdout.write(`${reached} of ${figures.length} figures reached\n`);
if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(figures, null, 2)}\n`);
process.exitCode = reached === figures.length ? 0 : 1;

/** The names of a script's groups. */
async function groupsOf(script: string): Promise<readonly string[]> {
  const child = spawn(process.execPath, [script, '--list'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const listed = await text(child.stdout);
  return listed.split('\n').filter((name) => name !== '');
}

/** The engine's own script prints its lines itself. */
async function figuresAlone(script: string, group: string): Promise<readonly EngineFigure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-bench-engine-'));
  try {
    const path = join(folder, 'figures.json');
    const child = spawn(process.execPath, [script, '--json', path, '--only', group], { stdio: 'inherit' });
    const [exitCode] = await once(child, 'exit');
    if (exitCode > 1) throw new Error(`${script} ended with exit code ${exitCode}`);
    return JSON.parse(await readFile(path, 'utf8'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
