import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenBroker, openBroker } from '../../kafka/index.ts';
import { newResult } from '../run/index.ts';
import { claimExperiments, type StandingExperiment, standingExperiment } from './experiments.ts';
import { runExperiments } from './run-experiments.ts';

let folder = '';
let broker: OpenBroker;
let experiments: readonly StandingExperiment[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-run-experiments-'));
  broker = await openBroker({ choice: 'log' });
  const ofG5 = claimExperiments(folder).filter(
    ({ claims, pair }) => claims.includes('G5') && pair === 'embedded',
  );
  experiments = await Promise.all(ofG5.map((each) => standingExperiment(each, false)));
});
afterAll(async () => {
  await broker?.stop();
  await rm(folder, { recursive: true, force: true });
});

const sessionOf = (signal: AbortSignal, told: string[]) => ({
  ...{ broker, command: [], warmUp: false, signal },
  progress: (text: string) => void told.push(text),
});

test('a result of another machine stops all experiments before one is run', async () => {
  const [first] = experiments as [StandingExperiment];
  const here = newResult({ broker, seed: 1, command: [] });
  const elsewhere = { ...here, machine: { ...here.machine, cores: here.machine.cores + 1 } };
  const later = { ...first, standing: { ...first.standing, earlier: elsewhere } };
  const told: string[] = [];
  const running = runExperiments([first, later], sessionOf(new AbortController().signal, told));
  await expect(running).rejects.toMatchObject({ code: 'MATRIX_CHANGED', exit: 'usage' });
  expect({ told, left: await readdir(folder) }).toEqual({ told: [], left: [] });
});

test('an interrupted session ends without an error and begins nothing', async () => {
  const controller = new AbortController();
  controller.abort();
  const told: string[] = [];
  await runExperiments(experiments, sessionOf(controller.signal, told));
  expect({ told, left: await readdir(folder) }).toEqual({ told: [], left: [] });
});
