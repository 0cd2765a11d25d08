import { expect, it } from 'vitest';
import { loadDataflow, type PatternNode, type Row } from '../../pipeline/index.ts';
import { type OperatorStep, openHeapBackend, runOperatorSteps } from '../operator-harness/index.ts';
import { PatternOperator } from './pattern-operator.ts';

/** What this test needs of a workload's module, which is found by its URL as engines find dataflows. */
interface ExampleWorkload {
  readonly dataflow: { readonly module: string; readonly export: string };
  generate(specification: object): {
    readonly count: number;
    readonly values: Uint8Array;
    readonly valueStart: Uint32Array;
  };
  oracle(log: object): {
    readonly expectedSamples: number;
    observe(output: string, value: Uint8Array, cover: (sequence: number) => void): { readonly kind: string };
    missing(): object;
  };
}

async function loadExample(url: URL): Promise<{ workload: ExampleWorkload; node: PatternNode }> {
  const { workload } = (await import(url.href)) as { workload: ExampleWorkload };
  const { nodes } = await loadDataflow({ ...workload.dataflow, options: {} });
  return { workload, node: nodes.find((node) => node.kind === 'pattern') as PatternNode };
}

it.each([
  ['login-pattern', 'user', new URL('../../../workloads/examples/login-pattern/index.ts', import.meta.url)],
  [
    'velocity-burst',
    'device',
    new URL('../../../workloads/examples/velocity-burst/index.ts', import.meta.url),
  ],
])(
  '%s: the operator gives what its oracle works out for itself, nothing else, and all of it',
  async (name, key, url) => {
    const { workload, node } = await loadExample(url);
    const log = workload.generate({
      workload: `./${name}`,
      seed: 5,
      events: 6_000,
      partitions: 1,
      keys: 400,
      skew: 0.4,
      disorderShare: 0,
      lateShare: 0,
      brokenShare: 0,
    });
    const rows = Array.from({ length: log.count }, (_, index): Row => {
      const bytes = log.values.subarray(log.valueStart[index], log.valueStart[index + 1]);
      return JSON.parse(Buffer.from(bytes).toString()) as Row;
    });
    const steps = rows.flatMap((row, index): OperatorStep<undefined>[] => {
      const timestampMs = row.tsMs as number;
      const element = { key: row[key] as string, row, timestampMs, raw: undefined };
      return [{ element }, ...(index % 100 === 99 ? [{ watermarkMs: timestampMs - 1 }] : [])];
    });
    const emitted = await runOperatorSteps(
      openHeapBackend,
      ({ state, output }) => new PatternOperator({ node, state, output }),
      [...steps, { watermarkMs: Number.POSITIVE_INFINITY }],
    );

    const oracle = workload.oracle(log);
    const verdicts = emitted.flat().map((emission) => {
      expect(emission.kind).toBe('result');
      const text = emission.kind === 'result' ? JSON.stringify(emission.row) : '';
      return oracle.observe('output', Buffer.from(text), () => undefined).kind;
    });
    expect(oracle.expectedSamples).toBeGreaterThan(50);
    expect(new Set(verdicts)).toEqual(new Set(['covers']));
    expect(oracle.missing()).toEqual({ samples: 0, lateRecords: 0, deadLetters: 0 });
  },
);
