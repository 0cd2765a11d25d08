import {
  type Cell,
  RESULT_KIND,
  type Result,
  type Run,
  resultSchema,
  SCHEMA_VERSION,
} from '../../model/index.ts';

/** A cell of merchant-spend at default settings, unless told otherwise. Settings are given by name. */
export function cell(
  engine: Cell['engine'],
  runs: readonly Run[],
  given: Partial<Omit<Cell, 'engine' | 'runs' | 'settings'>> & {
    readonly settings?: Readonly<Record<string, string | number>>;
  } = {},
): Cell {
  const { settings = {}, ...rest } = given;
  return {
    workload: 'merchant-spend',
    profile: 'default',
    guarantee: 'at-least-once',
    variables: {},
    ...rest,
    engine,
    settings: Object.entries(settings).map(([name, value]) => ({
      name,
      value: String(value),
      source: 'profile',
    })),
    runs: [...runs],
  };
}

/** A valid result of cells, as a file would hold it. */
export function syntheticResult(cells: readonly Cell[]): Result {
  return resultSchema.parse({
    kind: RESULT_KIND,
    schemaVersion: SCHEMA_VERSION,
    createdAt: '2026-01-02T03:04:05.000Z',
    command: ['crosscurrent', 'claims'],
    seed: 1,
    status: 'complete',
    tool: { version: '0.1.0', gitCommit: '0123456789ab', gitDirty: false },
    machine: {
      cpuModel: 'Synthetic CPU',
      cores: 2,
      memoryMb: 8_192,
      os: 'Linux',
      nodeVersion: 'v24.12.0',
      javaVersion: '21.0.5',
      loadAverage1m: 0.1,
    },
    broker: {
      kind: 'embedded',
      description: 'synthetic',
      kafkaVersion: '4.3.0',
      heapMb: 512,
      comparable: true,
    },
    cells,
  });
}
