/**
 * What the oracle of each workload costs per output: `node workloads/bench/oracle-cost.ts [OUTPUTS]`, by default 100,000 outputs a round. The
 * observer must judge 400,000 a second on one thread, so 2.5 us an output are what decoding and oracle have together. Prints the CPU
 * time of the cheapest round: other load only makes it dearer.
 */
import { ALL_WORKLOADS } from '../all-workloads.ts';
import { modelOf } from '../testing/index.ts';
import { OUTPUTS, type Workload } from '../workload.ts';

const outputsARound = Number(process.argv[2] ?? 100_000);
const EVENTS = 100_000;
const ROUNDS = 7;

for (const workload of ALL_WORKLOADS) {
  const microseconds = costOf(workload);
  process.stdout.write(`${workload.name.padEnd(18)}${microseconds.toFixed(3)} us an output\n`);
}

/** Outputs stand one after the other in one buffer, as in a fetched batch; an oracle that has seen them all is replaced by a fresh one. */
function costOf(workload: Workload): number {
  const log = workload.generate({ ...workload.defaults, seed: 1, events: EVENTS });
  const texts = modelOf(log).results.map((result) => JSON.stringify(result));
  const bytes = Buffer.from(texts.join(''));
  const starts = new Uint32Array(texts.length + 1);
  for (const [index, text] of texts.entries()) starts[index + 1] = (starts[index] as number) + text.length;
  const passes = Math.ceil(outputsARound / texts.length);
  let covered = 0;
  const cover = (): void => {
    covered += 1;
  };
  const rounds = Array.from({ length: ROUNDS }, () => {
    const oracles = Array.from({ length: passes }, () => workload.oracle(log, { late: 'side-output' }));
    covered = 0;
    const before = process.cpuUsage();
    for (const oracle of oracles) {
      for (let index = 0; index < texts.length; index += 1) {
        oracle.observe(OUTPUTS.result, bytes.subarray(starts[index], starts[index + 1]), cover);
      }
    }
    const { user, system } = process.cpuUsage(before);
    const expected = oracles.reduce((sum, { expectedSamples }) => sum + expectedSamples, 0);
    if (covered !== expected) throw new Error(`${workload.name}: ${covered} of ${expected} samples`);
    return (user + system) / (passes * texts.length);
  });
  return rounds.sort((left, right) => left - right)[0] as number;
}
