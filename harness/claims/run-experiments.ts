import type { EngineName } from '../../engines/pipeline/index.ts';
import { CrosscurrentError } from '../../errors/index.ts';
import { writeReports } from '../../reports/index.ts';
import { continueMatrix, requireSameGround } from '../matrix/index.ts';
import { prepareEngines, requireUsableKafka, roughly, type SessionOptions } from '../run/index.ts';
import type { StandingExperiment } from './experiments.ts';

type ExperimentSession = Pick<
  SessionOptions,
  'broker' | 'command' | 'warmUp' | 'signal' | 'progress' | 'live'
>;

/**
 * Runs experiments one after the other, each into its folder, with its reports. What would stop one of them is found before the first is run.
 * Returns early when the user interrupts; the result under way holds what was complete.
 *
 * @throws MATRIX_CHANGED where a result is of another machine, broker or version, and what the engines say of a machine they cannot run on
 */
export async function runExperiments(
  experiments: readonly StandingExperiment[],
  session: ExperimentSession,
): Promise<void> {
  for (const { plan, standing, folder } of experiments) {
    requireSameGround(plan, standing, { ...session, outputFolder: folder });
  }
  const engines = new Set(experiments.flatMap(({ plan }) => plan.cells.map(({ engine }) => engine)));
  requireUsableKafka(engines, session.broker.connection);
  try {
    await prepareEngines(engines, session);
    const warm = new Set<EngineName>();
    for (const [index, { experiment, pair, plan, standing, folder }] of experiments.entries()) {
      if (session.signal.aborted) return;
      const laterMs = experiments.slice(index + 1).reduce((sum, later) => sum + later.standing.timeLeftMs, 0);
      const told = `about ${roughly(standing.timeLeftMs)}${laterMs > 0 ? `, then about ${roughly(laterMs)}` : ''}`;
      session.progress(
        `experiment ${index + 1} of ${experiments.length}: ${pair}, ${experiment.title} (${told})`,
      );
      const cold = plan.cells.some(({ engine }) => !warm.has(engine));
      const options = { ...session, warmUp: session.warmUp && cold, outputFolder: folder };
      const result = await continueMatrix(plan, standing, options);
      for (const { engine } of plan.cells) warm.add(engine);
      await writeReports(result, folder);
    }
  } catch (error) {
    const isInterruption = error instanceof CrosscurrentError && error.exit === 'interrupted';
    if (!(session.signal.aborted && isInterruption)) throw error;
  }
}
