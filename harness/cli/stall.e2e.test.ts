/**
 * Coordinated omission, provoked: the generator stands still for 1.3 s in 20 s at a constant rate and then catches up at once. 6.5 % of the
 * records were due meanwhile and waited 1.3 s to nothing; so the p99 lies where 1 % of 20 s is left: 1.3 s - 0.2 s = 1.1 s.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { EXIT_CODE } from '../../errors/index.ts';
import { readResult } from '../../reports/model/index.ts';
import { startCommand } from './testing/index.ts';

const STALL_MS = 1_300;
const EXPECTED_P99_US = 1_100_000;

test('a stall of the generator is in the latency, not in the uncorrected one, and refuses the run', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-stall-'));
  try {
    const command = startCommand([
      ...['ceiling', '--broker', 'embedded', '--rate', '1000', '--warmup', '3', '--warmup-limit', '0'],
      ...['--duration', '20', '--events', '10000', '--attempts', '1', '--out', folder],
    ]);
    await command.shows('no engine: merchant-spend');
    // In the 20 s behind the warm-up of 3 s, if the start took less than 17 s.
    await delay(20_000);
    // Generator and observer are threads of this process; the broker is another.
    command.process.kill('SIGSTOP');
    await delay(STALL_MS);
    command.process.kill('SIGCONT');
    const { exitCode, stderr } = await command.ended;
    expect(stderr).toContain('RUN_GENERATOR_LAG');
    expect(exitCode).toBe(EXIT_CODE.invalid);
    const [floor] = (await readResult(folder)).floors;
    expect(floor?.latency.p99).toBeGreaterThan(0.95 * EXPECTED_P99_US);
    expect(floor?.latency.p99).toBeLessThan(1.05 * EXPECTED_P99_US);
    expect(floor?.uncorrected?.p99).toBeLessThan(0.5 * EXPECTED_P99_US);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
