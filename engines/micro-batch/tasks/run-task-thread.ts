import type { MessagePort, Transferable } from 'node:worker_threads';
import { toWireError } from '../../../errors/index.ts';
import { connect } from '../../../kafka/index.ts';
import { loadDataflow } from '../../pipeline/index.ts';
import { mutateDataflow } from '../../pipeline/mutant/index.ts';
import { type BatchTasks, inlineTasks, type TaskOutput } from '../execution/index.ts';
import { compilePlan } from '../plan/index.ts';
import { microBatchSettings } from '../settings/index.ts';
import { openSources } from './open-sources.ts';
import { packOutputs } from './output-wire.ts';
import {
  type TaskThreadBatch,
  type TaskThreadCommand,
  type TaskThreadJob,
  type TaskThreadReport,
  threadOfPartition,
} from './task-messages.ts';
import { TextSender } from './text-sender.ts';

/** The tasks of one thread: it fetches the partitions that are its own itself, so that no record crosses threads as bytes. */
interface OpenTasks {
  readonly tasks: BatchTasks;
  close(): Promise<void>;
}

/** Serves a thread's commands; each is answered, and a failure is the last answer. */
export function runTaskThread(port: MessagePort): void {
  const texts = new TextSender();
  let open: OpenTasks | undefined;
  const answer = (report: TaskThreadReport, transfer: readonly Transferable[] = []) =>
    port.postMessage(report, transfer);
  const serve = async (command: TaskThreadCommand): Promise<void> => {
    switch (command.kind) {
      case 'job':
        open = await openTasks(command);
        return answer({ kind: 'ready' });
      case 'batch': {
        const { wire, transfer } = packOutputs(await runBatch(open, command), texts);
        return answer({ kind: 'done', ...wire }, transfer);
      }
      case 'close':
        await open?.close();
        return answer({ kind: 'closed' });
    }
  };
  port.on('message', (command: TaskThreadCommand) => {
    serve(command).catch((error) => answer({ kind: 'failed', error: toWireError(error) }));
  });
}

async function openTasks({ deployment, incarnation, thread, threads }: TaskThreadJob): Promise<OpenTasks> {
  const settings = microBatchSettings.parse(deployment.settings);
  const [loaded, client] = await Promise.all([loadDataflow(deployment.dataflow), connect(deployment.kafka)]);
  const plan = compilePlan(mutateDataflow(loaded, deployment.mutant));
  const isRead = (source: number, partition: number) =>
    threadOfPartition(source, partition, threads) === thread;
  const sources = await openSources({ client, plan, deployment, settings, incarnation, isRead });
  return {
    tasks: inlineTasks(plan, sources),
    async close() {
      await Promise.all(sources.map((source) => source.close()));
      await client.close();
    },
  };
}

function runBatch(open: OpenTasks | undefined, { ranges }: TaskThreadBatch): Promise<readonly TaskOutput[]> {
  if (open === undefined) throw new Error('a batch came before the job');
  return open.tasks.run(ranges);
}
