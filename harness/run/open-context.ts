import { randomBytes } from 'node:crypto';
import { mkdtemp, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type OpenBroker } from '../../kafka/index.ts';
import type { Floor } from '../../reports/model/index.ts';
import { type Clusters, enginesElsewhere } from './clusters.ts';
import type { RunContext } from './context.ts';
import { pipelinesOn } from './engines.ts';
import type { LiveListener } from './live-event.ts';
import { LogCache } from './log-cache.ts';

export interface OpenContext {
  readonly context: RunContext;
  /** Closes the client and removes the engines' folders. */
  close(): Promise<void>;
}

/** Logs of a cell's three runs, kept for the other engine. */
const LOGS_KEPT = 3;

/** What the runs of a session share: a client, a folder for the engines, logs. */
export async function openContext(options: {
  readonly broker: OpenBroker;
  /** None where left out: every engine runs here. */
  readonly clusters?: Clusters | undefined;
  /** Grows while the session measures floors. */
  readonly floors: readonly Floor[];
  readonly clockResolutionUs: number;
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
  readonly live?: LiveListener | undefined;
  readonly details?: RunContext['details'];
  readonly onBatch?: RunContext['onBatch'];
}): Promise<OpenContext> {
  const {
    broker,
    clusters = {},
    floors,
    clockResolutionUs,
    signal,
    progress,
    live = () => undefined,
    details,
    onBatch,
  } = options;
  const client = await connect(broker.connection);
  const workFolder = await mkdtemp(join(tmpdir(), 'crosscurrent-'));
  return {
    context: {
      connection: broker.connection,
      client,
      pipelines: pipelinesOn(clusters),
      elsewhere: enginesElsewhere(clusters),
      logs: new LogCache(LOGS_KEPT),
      workFolder,
      brokerProcessId: broker.processId,
      floors,
      clockResolutionUs,
      sessionId: randomBytes(4).toString('hex'),
      signal,
      progress,
      live,
      details,
      onBatch,
    },
    close: async () => {
      await client.close();
      // Not empty where the log of an engine that failed was kept.
      await rmdir(workFolder).catch(() => undefined);
    },
  };
}
