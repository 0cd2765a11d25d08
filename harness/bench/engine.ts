import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type MeasuredFigure, runFigures } from '../../engines/pipeline/bench/index.ts';
import { kafkaDrain } from './kafka-drain.ts';

/**
 * Every figure of the event-driven engine with its target, in some 3 minutes: `node harness/bench/engine.ts [--only NAME]... [--json FILE]`. First those
 * of the engine alone, in a process of their own, then from Kafka to Kafka. Exit code 1 when a target is missed.
 */
const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    json: { type: 'string' },
  },
});
const withKafka = options.only.filter((name) => name === kafkaDrain.name);
const alone = options.only.filter((name) => name !== kafkaDrain.name);

const figures: MeasuredFigure[] = [];
if (withKafka.length === 0 || alone.length > 0) figures.push(...(await figuresAlone(alone)));
if (alone.length === 0 || withKafka.length > 0) {
  const print = {
    line: (text: string) => void process.stdout.write(`${text}\n`),
    progress: (text: string) => void process.stderr.write(`${text}\n`),
  };
  figures.push(...(await runFigures([kafkaDrain], withKafka, print)));
}
const reached = figures.filter((figure) => figure.reached).length;
process.stdout.write(`${reached} of ${figures.length} figures reached\n`);
if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(figures, null, 2)}\n`);
process.exitCode = reached === figures.length ? 0 : 1;

/** The engine's own script prints its lines itself. */
async function figuresAlone(only: readonly string[]): Promise<readonly MeasuredFigure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-bench-engine-'));
  try {
    const path = join(folder, 'figures.json');
    const script = fileURLToPath(new URL('../../engines/event/bench/main.ts', import.meta.url));
    const chosen = only.flatMap((name) => ['--only', name]);
    const child = spawn(process.execPath, [script, '--json', path, ...chosen], { stdio: 'inherit' });
    const [exitCode] = await once(child, 'exit');
    if (exitCode > 1) throw new Error(`${script} ended with exit code ${exitCode}`);
    return JSON.parse(await readFile(path, 'utf8'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
