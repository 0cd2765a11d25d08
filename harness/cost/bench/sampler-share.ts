/**
 * What the sampler itself takes: `node harness/cost/bench/sampler-share.ts [processes] [threads] [seconds]`. It watches so many idle
 * processes with so many threads each, and prints its CPU time as a share of one core.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { CostSampler } from '../cost-sampler.ts';

const [processes = 1, threads = 12, seconds = 10] = process.argv.slice(2).map(Number);

const IDLE = `const { Worker } = require('node:worker_threads');
for (let index = 0; index < ${threads}; index += 1) new Worker('setInterval(() => {}, 1000)', { eval: true });
process.send('ready');`;

async function startIdle(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', IDLE], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  await once(child, 'message');
  return child;
}

const children = await Promise.all(Array.from({ length: processes }, startIdle));
try {
  await delay(2_000);
  const processIds = children.map(({ pid }) => pid as number);
  const before = process.cpuUsage();
  const startNs = process.hrtime.bigint();
  const sampler = new CostSampler({
    engine: 'idle',
    processIds: () => processIds,
    brokerProcessId: process.pid,
    events: [],
  });
  await delay(seconds * 1_000);
  const { user, system } = process.cpuUsage(before);
  const cost = sampler.stop();
  const [first] = cost.processesOn(startNs);
  const share = (user + system) / 1e6 / seconds;
  process.stdout.write(
    `${processes} processes of ${first?.peakThreads ?? '?'} threads, 10 samples a second: ${(100 * share).toFixed(2)} % of a core, ` +
      `${((share * 1e6) / 10).toFixed(0)} us a sample\n`,
  );
} finally {
  for (const child of children) child.kill('SIGKILL');
}
