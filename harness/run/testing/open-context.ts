import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type OpenBroker } from '../../../kafka/index.ts';
import type { RunContext } from '../context.ts';
import { PIPELINES } from '../engines.ts';
import { LogCache } from '../log-cache.ts';

export interface OpenContext {
  readonly context: RunContext;
  close(): Promise<void>;
}

/** What a session gives its runs, for tests that make single runs. */
export async function openContext(broker: OpenBroker, sessionId: string): Promise<OpenContext> {
  const client = await connect(broker.connection);
  const workFolder = await mkdtemp(join(tmpdir(), 'crosscurrent-runs-'));
  return {
    context: {
      connection: broker.connection,
      client,
      pipelines: PIPELINES,
      logs: new LogCache(),
      workFolder,
      brokerProcessId: broker.processId,
      floors: [],
      clockResolutionUs: 0,
      sessionId,
      signal: new AbortController().signal,
      progress: () => undefined,
    },
    close: async () => {
      await client.close();
      await rm(workFolder, { recursive: true, force: true });
    },
  };
}
