/**
 * What exactly-once costs in latency, held against theory: an output waits for the commit that comes at most one interval later, so the p50
 * of exactly-once is that of at-least-once plus half the commit interval. `node harness/bench/commit-interval.ts [REPEATS [RATE]]`, by default
 * 3 repeats of each guarantee, interleaved, at 2,000 records a second, event engine. Exit code 1 when the difference misses half the
 * interval by more than 20 %.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBroker } from '../../kafka/index.ts';
import { mergeDistributions, type Result } from '../../reports/model/index.ts';
import { cellDefaults, interleave, runSession } from '../run/index.ts';

const [repeats = 3, rate = 2_000] = process.argv.slice(2, 4).map(Number);
const COMMIT_INTERVAL_MS = 1_000;
const TOLERANCE = 0.2;
const GUARANTEES = ['at-least-once', 'exactly-once'] as const;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-commit-interval-'));
const broker = await openBroker({ choice: 'embedded' });
try {
  const cell = await cellDefaults('merchant-spend', 'event', 1);
  const cells = GUARANTEES.map((guarantee) => ({
    ...cell,
    guarantee,
    measures: ['latency'] as const,
    ratePerSecond: rate,
    settings: { checkpointIntervalMs: COMMIT_INTERVAL_MS },
  }));
  const result = await runSession({
    runs: interleave(cells, repeats),
    broker,
    seed: 1,
    command: [],
    outputFolder: folder,
    warmUp: true,
    signal: new AbortController().signal,
    progress: (text) => void process.stderr.write(`${text}\n`),
  });
  const [atLeastOnceMs, exactlyOnceMs] = GUARANTEES.map((guarantee) => p50Ms(result, guarantee));
  const differenceMs = (exactlyOnceMs ?? Number.NaN) - (atLeastOnceMs ?? Number.NaN);
  const expectedMs = COMMIT_INTERVAL_MS / 2;
  const deviation = differenceMs / expectedMs - 1;
  say(`p50 at-least-once ${atLeastOnceMs?.toFixed(1)} ms, exactly-once ${exactlyOnceMs?.toFixed(1)} ms`);
  say(
    `difference ${differenceMs.toFixed(1)} ms, half the commit interval ${expectedMs} ms: ${(100 * deviation).toFixed(1)} %`,
  );
  process.exitCode = Math.abs(deviation) <= TOLERANCE ? 0 : 1;
} finally {
  await broker.stop();
  await rm(folder, { recursive: true, force: true });
}

/** Of the merged histograms of the runs that passed. */
function p50Ms({ cells }: Result, guarantee: string): number {
  const latencies = cells
    .filter((cell) => cell.guarantee === guarantee)
    .flatMap(({ runs }) => runs)
    .flatMap((run) =>
      run.kind === 'latency' && run.outcome === 'passed' && run.figures ? [run.figures.latency] : [],
    );
  return (mergeDistributions(latencies).p50 ?? Number.NaN) / 1_000;
}
