/**
 * Engines broken on purpose, on real Kafka: the verification finds each defect, for its reason, and passes the same run without it. Runs
 * without a fault go side by side; a fault has to hit its run in the middle, so such a run has the machine to itself.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  ENGINE_MUTANTS,
  type EngineMutant,
  type EngineName,
  type FaultTarget,
} from '../../engines/pipeline/index.ts';
import { type OpenBroker, openBroker } from '../../kafka/index.ts';
import { type CellPlan, cellDefaults } from '../run/index.ts';
import { type OpenContext, openContext } from '../run/testing/index.ts';
import { type Fault, verifiedBacklog } from './testing/index.ts';

let broker: OpenBroker;
let open: OpenContext;
beforeAll(async () => {
  broker = await openBroker({ choice: 'embedded' });
  open = await openContext(broker, 'mutants');
});
afterAll(async () => {
  await open?.close();
  await broker?.stop();
});

/** Both engines need several checkpoints or batches for the log; few keys, so that each has a history. */
async function cellOf(workload: string, engine: EngineName): Promise<CellPlan> {
  const cell = await cellDefaults(workload, engine, 7);
  return {
    ...cell,
    guarantee: 'exactly-once',
    settings:
      engine === 'event' ? { checkpointIntervalMs: 20 } : { triggerIntervalMs: 0, maxRecordsPerBatch: 2_000 },
    drainEvents: 20_000,
    log: { ...cell.log, keys: 50 },
  };
}

/** About one record of a key in a batch: within one the function itself resets, and the engine has nothing to clear. */
function inSmallBatches(cell: CellPlan): CellPlan {
  const settings = cell.engine === 'event' ? cell.settings : { ...cell.settings, maxRecordsPerBatch: 20 };
  return { ...cell, settings, drainEvents: 2_000, log: { ...cell.log, keys: 20 } };
}

const WORKLOADS = ['merchant-spend', 'login-tracker', 'regional-revenue'];
const ENGINES = ['event', 'micro-batch'] as const;

test.concurrent.each(ENGINES.flatMap((engine) => WORKLOADS.map((workload) => [engine, workload] as const)))(
  '%s, %s: without a defect the verification passes',
  async (engine, workload) => {
    const verification = await verifiedBacklog(open, await cellOf(workload, engine), `${engine}-${workload}`);
    expect(verification).toMatchObject({ passed: true, reasons: [], lost: 0, duplicates: 0, wrong: 0 });
  },
);

const FAULTS: readonly [EngineName, FaultTarget][] = [
  ['event', 'process'],
  ['event', 'slot'],
  ['micro-batch', 'process'],
];
test.each(FAULTS)('%s, a %s fails: without a defect the verification passes', async (engine, target) => {
  const cell = await cellOf('merchant-spend', engine);
  const fault: Fault = { target, after: 'first-commit' };
  const verification = await verifiedBacklog(open, cell, `${engine}-${target}`, fault);
  expect(verification).toMatchObject({ passed: true, reasons: [], lost: 0, duplicates: 0, wrong: 0 });
});

interface Caught {
  readonly mutant: EngineMutant;
  readonly workload: string;
  readonly fault?: Fault;
  /** One of the verification's reasons. */
  readonly reason: RegExp;
}

const CAUGHT: readonly Caught[] = [
  { mutant: 'lost-commit', workload: 'login-tracker', reason: /^\d+ inputs led to no output$/ },
  {
    mutant: 'double-replay',
    workload: 'merchant-spend',
    fault: { target: 'process', after: 'first-commit' },
    reason: /of the key's first \d+ records is|the key has \d+/,
  },
  { mutant: 'reset-missed', workload: 'login-tracker', reason: /this alert is of the failures|the user has/ },
  { mutant: 'late-kept', workload: 'regional-revenue', reason: /late records in the log, \d+ reported$/ },
  { mutant: 'window-off-by-one', workload: 'regional-revenue', reason: /window/ },
  { mutant: 'wrong-total', workload: 'merchant-spend', reason: /of the key's first \d+ records is/ },
];

test('every mutant has its test', () => {
  expect(CAUGHT.map(({ mutant }) => mutant)).toEqual(ENGINE_MUTANTS);
});

async function expectCaught(
  engine: EngineName,
  mutant: EngineMutant,
  { workload, fault, reason }: Caught,
): Promise<void> {
  const usual = { ...(await cellOf(workload, engine)), mutant };
  const cell = mutant === 'reset-missed' ? inSmallBatches(usual) : usual;
  const verification = await verifiedBacklog(open, cell, `${engine}-${mutant}`, fault);
  expect(verification.passed).toBe(false);
  expect(verification.reasons).toContainEqual(expect.stringMatching(reason));
}

const ON_EACH_ENGINE = ENGINES.flatMap((engine) =>
  CAUGHT.map((caught) => [engine, caught.mutant, caught] as const),
);

test.each(ON_EACH_ENGINE.filter(([, , { fault }]) => fault !== undefined))(
  '%s, %s: the verification fails',
  expectCaught,
);

test.concurrent.each(ON_EACH_ENGINE.filter(([, , { fault }]) => fault === undefined))(
  '%s, %s: the verification fails',
  expectCaught,
);

/** Each merchant has payments after the lost ones, whose results cover them too: the log is long enough for that, and the run has the machine to itself. */
test.each([
  ['event', /^\d+ changes had no output of their own$/],
  ['micro-batch', /^the engine reports \d+ results, \d+ were seen$/],
] as const)(
  '%s, lost-commit, and later outputs cover for it: the verification fails',
  async (engine, reason) => {
    const cell: CellPlan = {
      ...(await cellOf('merchant-spend', engine)),
      drainEvents: 60_000,
      mutant: 'lost-commit',
    };
    const verification = await verifiedBacklog(open, cell, `${engine}-covered-for`);
    expect(verification).toMatchObject({ passed: false, wrong: 0 });
    expect(verification.reasons).toContainEqual(expect.stringMatching(reason));
  },
);

test('output of a dead transaction, read by an observer that does not wait for commits: the verification fails', async () => {
  const cell: CellPlan = {
    ...(await cellOf('merchant-spend', 'event')),
    settings: { checkpointIntervalMs: 4_000 },
    observerIsolation: 'read-uncommitted',
  };
  const verification = await verifiedBacklog(open, cell, 'dead-transaction', {
    target: 'process',
    after: 'first-output',
  });
  expect(verification).toMatchObject({ passed: false, wrong: 0, lost: 0 });
  expect(verification.reasons).toEqual([expect.stringMatching(/outputs came more than once$/)]);
});
