import { expect, test } from 'vitest';
import { CLAIMS, EXPERIMENTS, PAIRS } from '../../reports/claims/index.ts';
import { claimExperiments, planExperiment } from './experiments.ts';

const all = claimExperiments('out');

test('every experiment of the registry has a folder of its own', () => {
  const wanted = EXPERIMENTS.flatMap(({ name, real }) =>
    real === null ? [`out/embedded/${name}`] : [`out/embedded/${name}`, `out/real/${name}`],
  );
  expect(all.map(({ folder }) => folder).sort()).toEqual(wanted.sort());
  expect(new Set(EXPERIMENTS.map(({ name }) => name)).size).toBe(EXPERIMENTS.length);
  expect(EXPERIMENTS.filter(({ name }) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))).toEqual([]);
});

test('every experiment can be planned: it runs on the engines of its pair, and on each that it names', async () => {
  for (const each of all) {
    const { pair, experiment } = each;
    const { cells } = await planExperiment(each);
    const run = [...new Set(cells.map(({ engine }) => engine))].sort();
    const ofPair = Object.values(PAIRS[pair]);
    expect
      .soft(run, `${pair}/${experiment.name}`)
      .toEqual([...((experiment[pair]?.engines as string[] | undefined) ?? ofPair)].sort());
    expect.soft(ofPair, `${pair}/${experiment.name}`).toEqual(expect.arrayContaining(run));
  }
});

test('claims and experiments name each other: none is without the other', () => {
  const known = new Set(EXPERIMENTS.map(({ name }) => name));
  const unknown = CLAIMS.flatMap(({ experiments }) => experiments.filter((name) => !known.has(name)));
  expect(unknown).toEqual([]);
  expect(all.filter(({ claims }) => claims.length === 0).map(({ folder }) => folder)).toEqual([]);
});
