import type { OpenBroker } from '../../../kafka/index.ts';
import { type OpenContext, openContext as openSessionContext } from '../open-context.ts';

export type { OpenContext };

/** What a session gives its runs, for tests that make single runs: nobody interrupts them, and the clock is fine. */
export async function openContext(broker: OpenBroker, sessionId: string): Promise<OpenContext> {
  const open = await openSessionContext({
    broker,
    floors: [],
    clockResolutionUs: 0,
    signal: new AbortController().signal,
    progress: () => undefined,
  });
  return { ...open, context: { ...open.context, sessionId } };
}
