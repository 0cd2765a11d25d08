import { flinkPipeline } from '../engines/flink/index.ts';
import { sparkPipeline } from '../engines/spark/index.ts';
import { CrosscurrentError, EXIT_CODE } from '../errors/index.ts';
import { openBroker } from '../kafka/index.ts';
import type { Count } from './run-vitest.ts';

/**
 * Fetches and builds what the end-to-end tests start: Kafka with the archive of its classes, Flink, Spark. Here and not in a test: a first
 * download would outlast its time limit and be seen by nobody.
 */
export async function prepareEngines(note: (text: string) => void): Promise<Count> {
  try {
    const broker = await openBroker({ choice: 'embedded', onProgress: note });
    await broker.stop();
    for (const pipeline of [flinkPipeline(), sparkPipeline()]) await pipeline.prepare(note);
    return { passed: 1, failed: 0 };
  } catch (error) {
    if (!(error instanceof CrosscurrentError)) throw error;
    note(`error ${error.code}: ${error.message}\n${error.hint}`);
    // Whoever pressed Ctrl-C meant all of it, and the signal was heard here only.
    if (error.exit === 'interrupted') process.exit(EXIT_CODE.interrupted);
    return { passed: 0, failed: 1 };
  }
}
