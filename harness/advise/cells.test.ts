import { expect, test } from 'vitest';
import type { MeasurementRequest, Objective } from '../../reports/advice/index.ts';
import { evidenceOf } from '../../reports/evidence/index.ts';
import { fixtureResult } from '../../reports/testing/index.ts';
import { KILLS, LATENCY_REPEATS, logOfKeys, recordsThatFill, runsAgain, runsOfRequest } from './cells.ts';
import { measuringCommands, objectiveOptions } from './commands.ts';

const REQUEST: MeasurementRequest = {
  ...{ workload: 'merchant-spend', engines: ['event', 'micro-batch'], profiles: ['mine'] },
  ...{ guarantee: 'exactly-once', ratePerSecond: 9_000, keys: null, measures: ['latency', 'recovery'] },
};

test('the commands say what the plan runs, so that its time is theirs', async () => {
  const runs = await runsOfRequest(REQUEST);
  expect(runs.filter(({ measure }) => measure === 'latency')).toHaveLength(2 * LATENCY_REPEATS);
  expect(runs.filter(({ measure }) => measure === 'recovery').map(({ cell }) => cell.kills)).toEqual([
    KILLS,
    KILLS,
  ]);
  for (const { cell } of runs) {
    expect(cell).toMatchObject({ profile: 'default', guarantee: 'exactly-once', ratePerSecond: 9_000 });
  }
  const shared =
    '--workload merchant-spend --engine event,micro-batch --profile default --guarantee exactly-once --rate 9000';
  expect(measuringCommands(REQUEST)).toEqual([
    `npx crosscurrent run ${shared} --measure latency --repeats ${LATENCY_REPEATS} --out results/advise-latency`,
    `npx crosscurrent recover ${shared} --kills ${KILLS} --out results/advise-recovery`,
  ]);
});

test('many keys are filled in before the first kill, from a log that has some more of them', async () => {
  const asked = { ...REQUEST, keys: 100_000, profiles: ['tuned-latency', 'default', 'mine'] };
  const [, recover] = measuringCommands(asked);
  const { keys: logKeys = 0 } = logOfKeys(100_000);
  const records = recordsThatFill(logKeys, 100_000);
  expect(logKeys * (1 - Math.exp(-records / logKeys))).toBeGreaterThan(100_000);
  expect(recover).toContain(` --profile default,tuned-latency --guarantee exactly-once --rate 9000 `);
  expect(recover).toContain(` --keys ${logKeys} --skew 0 --fill ${records} `);
  const recovery = (await runsOfRequest(asked)).find(({ measure }) => measure === 'recovery');
  expect(recovery?.cell).toMatchObject({ log: { keys: logKeys, skew: 0 }, schedule: { kind: 'ramp' } });
});

test('configurations are run again in turns, with kills only where recovery has a limit', async () => {
  const configurations = evidenceOf([{ file: 'a.json', result: fixtureResult() }]).configurations.filter(
    ({ workload, guarantee }) => workload === 'merchant-spend' && guarantee === 'at-least-once',
  );
  const objective: Objective = {
    ...{ workload: 'merchant-spend', ratePerSecond: 7_000, latencyLimits: [], recoveryMs: null, keys: null },
    ...{ guarantee: 'at-least-once', cpuSecondsPerMillion: 20, needs: [], estate: 'none' },
    batchOnSameCode: false,
  };
  const placeOf = (runs: Awaited<ReturnType<typeof runsAgain>>) =>
    runs.map(({ cell, measure }) => `${cell.engine} ${measure} ${cell.ratePerSecond}`);
  const [a, b] = ['event latency 7000', 'micro-batch latency 7000'];
  expect(placeOf(await runsAgain(configurations, objective))).toEqual([a, b, b, a, a, b]);
  const killed = await runsAgain(configurations, { ...objective, recoveryMs: 5_000 });
  expect(placeOf(killed).filter((place) => place.includes('recovery'))).toHaveLength(2);
});

test('a question is asked again by its options, as a shell takes them', () => {
  const objective: Objective = {
    workload: "./my job's/flow.ts",
    ratePerSecond: 20_000,
    latencyLimits: [
      { percentile: 50, limitMs: 20 },
      { percentile: 99.9, limitMs: 1_500 },
    ],
    ...{ recoveryMs: 5_000, guarantee: 'exactly-once', keys: 1_000_000, cpuSecondsPerMillion: 20 },
    ...{ needs: ['pattern', 'savepoint'], estate: 'spark', batchOnSameCode: true },
  };
  expect(objectiveOptions(objective)).toEqual([
    ...['--workload', "./my job's/flow.ts", '--rate', '20000', '--slo', 'p50=20ms,p99.9=1500ms'],
    ...['--recovery', '5000ms', '--guarantee', 'exactly-once', '--keys', '1000000', '--cost', 'cpu=20'],
    ...['--needs', 'pattern,savepoint', '--estate', 'spark', '--batch-on-same-code'],
  ]);
  expect(measuringCommands({ ...REQUEST, workload: objective.workload })[0]).toContain(
    " --workload './my job'\\''s/flow.ts' ",
  );
});
