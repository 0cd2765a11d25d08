import { expect, test } from 'vitest';
import { CLAIMS, ledgerSchema } from '../../reports/claims/index.ts';
import { cell, latencyRun, refused, syntheticResult, wrong } from '../../reports/claims/testing/index.ts';
import type { Result } from '../../reports/model/index.ts';
import { exitReasonOfClaims } from './exit-reason.ts';
import { claimExperiments, planExperiment } from './experiments.ts';
import type { FoundExperiment } from './find-results.ts';
import { ledgerOf } from './ledger-of.ts';

const experiments = claimExperiments('out').filter(({ experiment }) => experiment.name === 'trigger-500');
const planned = await Promise.all(
  experiments.map(async (each) => ({ ...each, plan: await planExperiment(each) })),
);
const G5 = CLAIMS.filter(({ id }) => id === 'G5');

const found = (pair: 'embedded' | 'real', result: Result, runsLeft = 0): FoundExperiment => {
  const one = planned.find((each) => each.pair === pair);
  if (one === undefined) throw new Error('the experiment of G5 should be in the registry');
  return { ...one, result, standing: { earlier: result, runsLeft, timeLeftMs: 0 } };
};
const judged = (experiments: readonly FoundExperiment[], real = false) =>
  ledgerOf(experiments, {
    createdAt: '2026-01-02T03:04:05.000Z',
    tool: { version: '0.1.0', gitCommit: null, gitDirty: null },
    remarks: [],
    real,
  });
const g5Of = (experiments: readonly FoundExperiment[], real = false) =>
  judged(experiments, real).entries.find(({ id }) => id === 'G5');

const run = latencyRun(1_000, { minMs: 5, shareAtMinimum: 0.4, p50Ms: 700 });
const measured = syntheticResult([cell('micro-batch', [run, run, refused(run)])]);

test('every claim has an entry; the real systems have one where they were asked or measured', () => {
  const ledger = judged([]);
  expect(ledger.entries.map(({ id }) => id)).toEqual(CLAIMS.map(({ id }) => id));
  expect(ledger).toMatchObject({ machine: 'nothing was measured', experiments: [], remarks: [] });
  expect(g5Of([])).toMatchObject({ embedded: { verdict: 'not-measured' }, real: null });
  expect(g5Of([], true)?.real).toMatchObject({ verdict: 'not-measured' });
  const ofSpark = syntheticResult([cell('spark', [run])]);
  expect(g5Of([found('real', ofSpark)])).toMatchObject({
    embedded: { verdict: 'not-measured' },
    real: { verdict: 'not-here' },
  });
});

test('what was found is judged, and counted by outcome', () => {
  const ledger = judged([found('embedded', measured, 2)]);
  expect(ledgerSchema.parse(JSON.parse(JSON.stringify(ledger)))).toEqual(ledger);
  expect(g5Of([found('embedded', measured)])?.embedded.verdict).toBe('not-here');
  expect(ledger.experiments).toMatchObject([
    { name: 'trigger-500', pair: 'embedded', passedRuns: 2, refusedRuns: 1, wrongRuns: 0, runsLeft: 2 },
  ]);
  expect(ledger.machine).toContain('Synthetic CPU');
  expect(ledger.remarks).toEqual([
    'embedded/trigger-500 is not complete; runs left: 2.',
    'embedded/trigger-500: refused or failed runs, which give no figure: 1 (RUN_MACHINE_BUSY).',
  ]);
});

test('results of two machines or commits, without Kafka, or with wrong outputs limit the ledger', () => {
  const elsewhere: Result = {
    ...syntheticResult([cell('spark', [wrong(run)])]),
    machine: { ...measured.machine, cpuModel: 'Another CPU' },
    tool: { ...measured.tool, gitCommit: 'fedcba987654', gitDirty: true },
    broker: { ...measured.broker, kind: 'embedded-log', comparable: false },
  };
  const { remarks, machine } = judged([found('embedded', measured), found('real', elsewhere)]);
  expect(machine).toMatch(/^Synthetic CPU.*; Another CPU/);
  expect(remarks).toEqual([
    expect.stringMatching(/^The results are of 2 kinds, .*Synthetic CPU.*Another CPU/),
    'The results were measured by several commits: 0123456789ab, fedcba987654 with changes.',
    'Some results were measured without Kafka, on a log in memory.',
    expect.stringMatching(/^embedded\/trigger-500: refused/),
    'real/trigger-500 has wrong outputs; runs with them, which give no figure: 1.',
  ]);
});

test('a wrong output ends with 5, a refusal with 6 only where it leaves a claim unmeasured', () => {
  const reasonOf = (experiment: FoundExperiment) =>
    exitReasonOfClaims(judged([experiment]), G5, [experiment]);
  const refusedOnly = syntheticResult([cell('micro-batch', [refused(run)])]);
  const beside = syntheticResult([...measured.cells, cell('event', [refused(run)])]);
  expect(reasonOf(found('embedded', measured))).toBe('ok');
  expect(reasonOf(found('embedded', beside))).toBe('ok');
  expect(reasonOf(found('embedded', refusedOnly))).toBe('invalid');
  expect(reasonOf(found('embedded', refusedOnly, 1))).toBe('ok');
  expect(reasonOf(found('embedded', syntheticResult([cell('micro-batch', [run, wrong(run)])])))).toBe(
    'oracle',
  );
});
