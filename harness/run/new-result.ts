import type { OpenBroker } from '../../kafka/index.ts';
import { type Cell, RESULT_KIND, type Result, SCHEMA_VERSION } from '../../reports/model/index.ts';
import { type Pipelines, pipelineNamed } from './engines.ts';
import { describeMachine, describeTool, describeVersions } from './fingerprint/index.ts';
import type { CellPlan } from './plan.ts';
import { settingsOf } from './settings-sheet.ts';

/** A result as a session begins it: what it runs on, and nothing measured. */
export function newResult(session: {
  readonly broker: OpenBroker;
  readonly seed: number;
  readonly command: readonly string[];
}): Result {
  const { broker } = session;
  return {
    kind: RESULT_KIND,
    schemaVersion: SCHEMA_VERSION,
    createdAt: new Date().toISOString(),
    command: [...session.command],
    seed: session.seed,
    status: 'interrupted',
    tool: describeTool(),
    machine: describeMachine(),
    broker: {
      kind: broker.kind,
      description: broker.description,
      kafkaVersion: broker.kafkaVersion,
      heapMb: broker.heapMb,
      comparable: broker.comparable,
    },
    versions: describeVersions(),
    cells: [],
    floors: [],
    noiseFloors: [],
  };
}

/** A cell before its first run. @param pipelines as at `pipelineNamed` */
export function emptyCell(plan: CellPlan, pipelines?: Pipelines): Cell {
  return {
    workload: plan.workload,
    engine: plan.engine,
    profile: plan.profile,
    guarantee: plan.guarantee,
    settings: settingsOf(plan, pipelineNamed(plan.engine, pipelines)),
    variables: { ...plan.variables },
    runs: [],
  };
}

/** The cell of an earlier result that a plan would continue. */
export function cellIn(result: Result, plan: CellPlan): Cell | undefined {
  const wanted = identityOf(plan);
  return result.cells.find((cell) => identityOf(cell) === wanted);
}

type Identity = Pick<Cell, 'workload' | 'engine' | 'profile' | 'guarantee'> & Pick<CellPlan, 'variables'>;

function identityOf({ workload, engine, profile, guarantee, variables }: Identity): string {
  return JSON.stringify([workload, engine, profile, guarantee, Object.entries(variables).sort()]);
}
