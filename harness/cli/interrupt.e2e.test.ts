import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readResult } from '../../reports/model/index.ts';
import { startCommand } from './testing/index.ts';

const MARK = 'CROSSCURRENT_TEST_MARK';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-interrupt-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Every process that inherited the mark, by id (Linux). */
function marked(mark: string): string[] {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readFileSync(`/proc/${name}/environ`, 'latin1').includes(`${MARK}=${mark}`);
    } catch {
      return false;
    }
  });
}

/** Runs two cells, the second of them far too long, and is called when the second is under way. */
async function duringSecondRun(
  name: string,
): Promise<{ mark: string; out: string; command: ReturnType<typeof startCommand> }> {
  const mark = randomUUID();
  const out = join(folder, name);
  const command = startCommand(
    [
      ...[
        'run',
        '--no-warm-up',
        '--no-floor',
        '--attempts',
        '1',
        '--broker',
        'embedded',
        '--workload',
        'merchant-spend',
        '--engine',
        'micro-batch,event',
      ],
      ...[
        '--measure',
        'drain,latency',
        '--events',
        '2000',
        '--duration',
        '600',
        '--rate',
        '500',
        '--out',
        out,
      ],
    ],
    { ...process.env, [MARK]: mark },
  );
  await command.shows('[2/4]');
  await delay(3_000);
  expect(marked(mark).length).toBeGreaterThan(2);
  return { mark, out, command };
}

test.concurrent('Ctrl-C ends everything, keeps what was complete, and exits with 130', async () => {
  const { mark, out, command } = await duringSecondRun('interrupted');
  command.process.kill('SIGINT');
  const { exitCode, stdout, stderr } = await command.ended;
  expect(stderr).not.toContain('CRASH');
  expect(exitCode).toBe(130);
  expect(marked(mark)).toEqual([]);
  const result = await readResult(join(out, 'result.json'));
  expect(result.status).toBe('interrupted');
  expect(result.cells.flatMap((cell) => cell.runs.map((run) => run.kind))).toEqual(['drain']);
  expect(stdout).toContain('interrupted');
});

// With its own `expect`: `poll` of the shared one does not know which of two tests side by side asks.
test.concurrent('nothing outlives a harness that was killed', async ({ expect }) => {
  const { mark, command } = await duringSecondRun('killed');
  command.process.kill('SIGKILL');
  await command.ended;
  await expect.poll(() => marked(mark), { timeout: 20_000 }).toEqual([]);
});
