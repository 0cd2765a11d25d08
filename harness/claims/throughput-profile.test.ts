import { expect, test } from 'vitest';
import { ENGINE_NAMES, type EngineName, type EngineSettings } from '../../engines/pipeline/index.ts';
import { EXPERIMENTS, type PairName } from '../../reports/claims/index.ts';
import { matrixOf } from '../matrix/index.ts';
import { pipelineNamed } from '../run/index.ts';

/** Intervals of a second or more that the objective of the search rules out, or that would make each probe last tens of seconds. */
const LEFT_OUT = ['triggerIntervalMs', 'checkpointIntervalMs'];

const without = (settings: EngineSettings | undefined) =>
  Object.entries(settings ?? {}).filter(([name]) => !LEFT_OUT.includes(name));

function searchedWith(engine: EngineName): EngineSettings | undefined {
  const pair: PairName = engine === 'event' || engine === 'micro-batch' ? 'embedded' : 'real';
  const values = EXPERIMENTS.find(({ name }) => name === 'sustainable-2s')?.[pair];
  if (values == null) throw new Error(`sustainable-2s should run on the ${pair} engines`);
  const profile = matrixOf(values, 'sustainable-2s').profiles['throughput-1s'];
  if (profile === undefined || profile === 'builtin') throw new Error('the profile should list its settings');
  return profile[engine];
}

test.each(ENGINE_NAMES)(
  '%s searches its sustainable rate with its tuned-throughput, but for the interval',
  (engine) => {
    const builtin = pipelineNamed(engine).profiles['tuned-throughput'];
    expect(new Map(without(searchedWith(engine)))).toEqual(new Map(without(builtin)));
  },
);
