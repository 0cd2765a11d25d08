/**
 * Whether the observer keeps up, on the embedded Kafka and with the real oracle:
 *
 *     node harness/observe/bench/keep-up.ts [--rate 400000] [--seconds 10] [--warmup 5] [--producers 1] [--deferred] [--appended]
 *
 * Replay plays an engine without latency: it sends the right results of merchant-spend, on schedule. Prints what arrived a second (with
 * what had piled up by the end of warm-up), and how long after its create time the fetch with a result was answered; judging comes after
 * that, and delays the next fetch. That time holds the generator's sending, the broker and the network too, and Kafka's create times have
 * steps of 1 ms; `judge-cost.ts` shows the observer's own part. With `--appended` the second reader runs too, as in an exactly-once run.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { connect, startEmbeddedBroker } from '../../../kafka/index.ts';
import type { Distribution } from '../../../reports/model/index.ts';
import { loadWorkload } from '../../../workloads/index.ts';
import { LatencyCounts } from '../../histogram/index.ts';
import { constantRate, lagBetween, startReplay } from '../../replay/index.ts';
import { type Observation, startObserver } from '../index.ts';
import { spendResults } from '../testing/index.ts';

const { values: options } = parseArgs({
  options: {
    rate: { type: 'string', default: '400000' },
    seconds: { type: 'string', default: '10' },
    warmup: { type: 'string', default: '5' },
    producers: { type: 'string', default: '1' },
    deferred: { type: 'boolean', default: false },
    appended: { type: 'boolean', default: false },
  },
});
const rate = Number(options.rate);
const warmupMs = Number(options.warmup) * 1_000;
const endMs = warmupMs + Number(options.seconds) * 1_000;
/** Of /proc, on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;
const LEAD_NS = 300_000_000n;
const RESULT = 'result';
const DEAD_LETTER = 'dead-letter';

const schedule = constantRate(rate);
const { generate, defaults } = await loadWorkload('merchant-spend');
const log = generate({ ...defaults, seed: 1, events: schedule.countBefore(endMs * 1e6) });
const results = spendResults(log);
const originNs = process.hrtime.bigint();

const broker = await startEmbeddedBroker();
const client = await connect(broker.connection);
try {
  const { connection } = broker;
  await client.admin.createTopics([
    { topic: RESULT, partitions: defaults.partitions },
    { topic: DEAD_LETTER, partitions: 1 },
  ]);
  const observer = await startObserver({
    connection,
    topics: { output: RESULT, 'dead-letter': DEAD_LETTER },
    log,
    dataflowOptions: { late: 'none' },
    mode: options.deferred ? 'deferred' : 'live',
    originNs,
    stages: true,
    transactional: options.appended,
  });
  const producers = Number(options.producers);
  const replay = await startReplay({ connection, topic: RESULT, log: results, schedule, producers });
  const startNs = process.hrtime.bigint() + LEAD_NS;
  observer.schedule(schedule.profile, startNs);
  replay.start(startNs);
  const cpuBefore = observerCpuSeconds();
  const report = await replay.done;
  const endOffsets = {
    [RESULT]: await client.admin.endOffsets(RESULT, 'read-uncommitted'),
    [DEAD_LETTER]: await client.admin.endOffsets(DEAD_LETTER, 'read-uncommitted'),
  };
  while (observer.tally() !== undefined && observer.tally()?.missing.samples !== 0) await delay(100);
  const cpuSeconds = observerCpuSeconds() - cpuBefore;
  const observation = await observer.finish(endOffsets);
  await replay.stop();
  const startUs = Number(startNs - originNs) / 1_000;
  const { covered, wrong } = observation.tally;
  say(
    `${broker.description}; ${options.deferred ? 'deferred' : 'live'}; ${covered} judged right, ${wrong} wrong`,
  );
  say(
    `offered ${rate}/s, acknowledged ${report.achievedRatePerSecond.toFixed(0)}/s, ${producers} producer(s)`,
  );
  say(`observed after warm-up: ${observedRate(observation, startUs).toFixed(0)} outputs/s`);
  say(`generator's own lag: ${percentiles(lagBetween(schedule, report.sentUs, warmupMs, endMs))}`);
  say(`create time to arrival: ${percentiles(emittedToArrival(observation, startUs))}`);
  if (!options.deferred) {
    const perOutput = `${((cpuSeconds * 1e6) / covered).toFixed(2)} us of CPU an output`;
    say(
      `the observer's thread: ${cpuSeconds.toFixed(1)} s of CPU, ${perOutput}: no more than ${(covered / cpuSeconds).toFixed(0)}/s`,
    );
  }
  const lastUs = (observation.sampleArrivalsUs.at(-1) ?? 0) - startUs;
  say(
    `the last one arrived ${((lastUs - report.acknowledgedUs) / 1_000).toFixed(1)} ms after it was acknowledged`,
  );
} finally {
  await client.close();
  await broker.stop();
}

/** CPU time of the observer's thread so far, from the operating system (Linux). */
function observerCpuSeconds(): number {
  const ticks = readdirSync('/proc/self/task')
    .map((task) => readFileSync(`/proc/self/task/${task}/stat`, 'utf8'))
    .find((stat) => stat.includes('(observer)'))
    ?.replace(/^.*\) /, '')
    .split(' ');
  return (Number(ticks?.[11]) + Number(ticks?.[12])) / TICKS_PER_SECOND;
}

/** From the first to the last arrival of what arrived after warm-up. */
function observedRate({ sampleArrivalsUs }: Observation, startUs: number): number {
  const first = sampleArrivalsUs.findIndex((arrivalUs) => arrivalUs >= startUs + warmupMs * 1_000);
  const spanUs = (sampleArrivalsUs.at(-1) ?? 0) - (sampleArrivalsUs[first] ?? 0);
  return ((sampleArrivalsUs.length - first) * 1e6) / spanUs;
}

function emittedToArrival(
  { sampleSequences, sampleArrivalsUs, sampleEmittedUs }: Observation,
  startUs: number,
): Distribution {
  const counts = new LatencyCounts();
  for (const [index, emittedUs] of (sampleEmittedUs ?? []).entries()) {
    const dueNs = schedule.dueNs(sampleSequences[index] as number);
    if (dueNs >= warmupMs * 1e6 && emittedUs >= startUs)
      counts.record((sampleArrivalsUs[index] as number) - emittedUs);
  }
  return counts.distribution();
}

function percentiles({ p50, p99, max }: Distribution): string {
  const ms = (us: number | null): string => (us === null ? 'n/a' : `${(us / 1_000).toFixed(1)} ms`);
  return `p50 ${ms(p50)}, p99 ${ms(p99)}, max ${ms(max)}`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
