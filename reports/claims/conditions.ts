import { floorSentence, isSound } from '../comparison/index.ts';
import type { Configuration } from '../evidence/index.ts';
import type { Result } from '../model/index.ts';
import { whole } from '../numbers/index.ts';
import type { ClaimEvidence } from './claim-evidence.ts';
import type { Experiment } from './experiment.ts';
import type { ClaimFigure } from './finding.ts';

/** Settings that a latency or a rate hangs on most: those of them that a configuration has stand beside its figures. */
const TOLD = ['trigger', 'triggerIntervalMs', 'bufferTimeoutMs', 'checkpointIntervalMs', 'lingerMs'];

/** Under what figures of merchant-spend were measured: what is the same for all of them, and each side's settings. */
export function conditionsOf(
  configurations: readonly Configuration[],
  result: Result,
  figures: readonly ClaimFigure[],
): readonly string[] {
  return [
    'merchant-spend, at-least-once',
    ...new Set(configurations.map(settingsSentence)),
    ...runConditions(result, figures),
  ];
}

/** What limits the figures of experiments, whatever they measure. */
export function groundConditions(
  evidence: ClaimEvidence,
  experiments: readonly Experiment[],
  figures: readonly ClaimFigure[],
): readonly string[] {
  const results = experiments.flatMap(({ name }) => evidence.experiment(name)?.result ?? []);
  return [...new Set(results.flatMap((result) => runConditions(result, figures)))];
}

/** Where the broker is, and single runs. */
function runConditions({ broker }: Result, figures: readonly ClaimFigure[]): readonly string[] {
  const isLocal = broker.kind === 'embedded' || broker.kind === 'compose';
  return [
    isLocal
      ? 'broker, engine, generator and observer on one machine: no network is crossed'
      : 'a broker that was there already, over whatever network leads to it',
    ...(figures.some(({ estimate, experiment }) => estimate.count === 1 && experiment !== null)
      ? ['some figures are of one run: nothing is known of their spread']
      : []),
  ];
}

function settingsSentence({ engine, profile, settings }: Configuration): string {
  const told = settings
    .filter(({ name }) => TOLD.includes(name))
    .map(({ name, value, systemDefault }) =>
      systemDefault === undefined
        ? `${name} ${value}`
        : `${name} ${value} (its own default: ${systemDefault})`,
    );
  return told.length === 0 ? `${engine}, ${profile}` : `${engine}, ${profile}: ${told.join(', ')}`;
}

/** Which of these rates were measured after the longest warm-up although the latency still fell. */
export function steadinessConditions(
  configurations: readonly Configuration[],
  rates: readonly number[],
): readonly string[] {
  return configurations.flatMap(({ engine, profile, latencies }) =>
    latencies
      .filter(
        ({ neverSteady, from, ratePerSecond }) =>
          neverSteady && from === 'run' && rates.includes(ratePerSecond),
      )
      .map(
        ({ ratePerSecond }) =>
          `${engine}, ${profile}, at ${whole(ratePerSecond)}/s: measured after the longest warm-up, not yet steady`,
      ),
  );
}

/** What generator, broker and observer alone take at a rate: part of every latency. */
export function floorConditions(result: Result, ratePerSecond: number): readonly string[] {
  return result.floors
    .filter((floor) => floor.workload === 'merchant-spend' && floor.offeredRatePerSecond === ratePerSecond)
    .filter(isSound)
    .map(floorSentence);
}

/** How latencies of the two models are made comparable. */
export const SAME_INPUTS =
  'latency per input, from its due instant until a consumer may read the first output that covers it: a batch that merges the updates of a key answers all of them';
