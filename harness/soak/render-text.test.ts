import { expect, test } from 'vitest';
import { renderSoak } from './render-text.ts';
import { SOAK_SCHEMA_VERSION, type SoakCell, type SoakResult, soakResultSchema } from './soak-result.ts';

const KEPT: SoakCell = {
  workload: 'merchant-spend',
  engine: 'event',
  profile: 'default',
  guarantee: 'exactly-once',
  settings: [],
  log: { sha256: 'a'.repeat(64), records: 30_000 },
  ratePerSecond: 2_000,
  plannedKills: 2,
  outcome: 'kept',
  error: null,
  wallMs: 1_000,
  kills: [
    { aim: 'commit', atMs: 429, phase: 'committing', runningMs: 400, committedMs: 900, outputMs: 950 },
    { aim: 'restart', atMs: 900, phase: 'restoring', runningMs: 500, committedMs: 1_210, outputMs: null },
  ],
  parallelisms: [],
  recoveries: 2,
  killsInRestarts: 1,
  checkpointsCompleted: 1_204,
  checkpointsFailed: 0,
  deviations: { compared: 30_000, lost: 0, duplicated: 0, different: 0, disordered: 0, examples: [] },
  oracle: { passed: true, reasons: [] },
  firstWrongAfterKills: null,
};

const resultOf = (cells: SoakCell[], status: SoakResult['status'] = 'complete'): SoakResult =>
  soakResultSchema.parse({
    schemaVersion: SOAK_SCHEMA_VERSION,
    createdAt: '2026-01-01T00:00:00.000Z',
    command: [],
    tool: { version: '0.1.0', gitCommit: null, gitDirty: null },
    broker: 'embedded',
    seed: 7,
    status,
    cells,
  });

test('a soak without deviations takes a line a run, and says what the kills fell into', () => {
  expect(renderSoak(resultOf([KEPT]), { colour: false })).toMatchInlineSnapshot(`
    "                                     recov-        in  checkpoints           records        dupli-  differ-    longest from a  to a new
    workload        guarantee     kills   eries  restarts    completed  failed  compared  lost   cated      ent  kill to a commit    output  verdict
    merchant-spend  exactly-once      2       2         1        1,204       0    30,000     0       0        0            1.21 s    0.95 s  kept

    What the kills fell into:
      restarting        0
      restoring         1  █
      checkpointing     0
      committing        1  █
      running           0
    "
  `);
});

test('kills that found no input any more are counted', () => {
  const short: SoakCell = { ...KEPT, log: { sha256: 'a'.repeat(64), records: 1_000 } };
  const text = renderSoak(resultOf([short]), { colour: false });
  expect(text).toContain('  1 of them after the log had ended: give more --events');
});

test('a broken guarantee is shown with examples, the kills, and how to draw them again', () => {
  const broken: SoakCell = {
    ...KEPT,
    outcome: 'broken',
    deviations: {
      compared: 30_000,
      lost: 1,
      duplicated: 2,
      different: 3,
      disordered: 1,
      examples: ['output, lost: ["\u001b[31m","json","{}"]'],
    },
    oracle: { passed: false, reasons: ['1 inputs led to no output'] },
    firstWrongAfterKills: 2,
  };
  expect(renderSoak(resultOf([broken]), { colour: false })).toMatchInlineSnapshot(`
    "                                     recov-        in  checkpoints           records        dupli-  differ-    longest from a  to a new
    workload        guarantee     kills   eries  restarts    completed  failed  compared  lost   cated      ent  kill to a commit    output  verdict
    merchant-spend  exactly-once      2       2         1        1,204       0    30,000     1       2        4            1.21 s    0.95 s  broken

    What the kills fell into:
      restarting        0
      restoring         1  █
      checkpointing     0
      committing        1  █
      running           0

    merchant-spend, event, exactly-once: broken
      output, lost: ["\\u001b[31m","json","{}"]
      by the oracle: 1 inputs led to no output
      a wrong output was first seen after kill 2
      kills at 0.429 s (committing), 0.900 s (restoring)
      again: the same command with --seed 7 --workload merchant-spend --engine event --guarantee exactly-once
    "
  `);
});

test('an interrupted soak says how far it came, a failed one why', () => {
  const failed: SoakCell = {
    ...KEPT,
    workload: 'login-tracker',
    kills: [],
    outcome: 'failed',
    deviations: null,
    oracle: null,
    error: {
      code: 'HARNESS_NO_RESTART',
      message: 'The engine did not consume again within 300 s of a kill.',
    },
  };
  const interrupted: SoakCell = {
    ...KEPT,
    plannedKills: 9,
    outcome: 'interrupted',
    deviations: null,
    oracle: null,
  };
  expect(
    renderSoak(resultOf([failed, interrupted], 'interrupted'), { colour: false }),
  ).toMatchInlineSnapshot(`
    "                                      recov-        in  checkpoints           records        dupli-  differ-    longest from a  to a new
    workload        guarantee      kills   eries  restarts    completed  failed  compared  lost   cated      ent  kill to a commit    output  verdict
    login-tracker   exactly-once  0 of 2       2         1        1,204       0         –     –       –        –                 –         –  failed
    merchant-spend  exactly-once  2 of 9       2         1        1,204       0         –     –       –        –            1.21 s    0.95 s  interrupted

    What the kills fell into:
      restarting        0
      restoring         1  █
      checkpointing     0
      committing        1  █
      running           0

    login-tracker, event, exactly-once: failed
      HARNESS_NO_RESTART: The engine did not consume again within 300 s of a kill.
      again: the same command with --seed 7 --workload login-tracker --engine event --guarantee exactly-once
    interrupted: what is above is what was done
    "
  `);
});
