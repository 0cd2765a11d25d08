import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Deployment,
  loadDataflow,
  type PipelineEvent,
  putsOutEveryChange,
  type RunningPipeline,
} from '../../engines/pipeline/index.ts';
import { type DataflowOptions, loadWorkload, OUTPUTS, type RecordedLog } from '../../workloads/index.ts';
import { CostSampler, type SampledCost } from '../cost/index.ts';
import { harnessErrors } from '../errors.ts';
import { BatchLog, IntrospectionLog, type Look, operatorLines } from '../introspect/index.ts';
import {
  type ExpectedRecords,
  type Observation,
  type Observer,
  type ObserverMode,
  startObserver,
} from '../observe/index.ts';
import type { RunContext } from './context.ts';
import type { CellPlan } from './plan.ts';

const INPUT = 'input';

/** One run's own topics, observer and folders, with the pipeline once it is deployed. */
export interface Stage {
  readonly runId: string;
  readonly log: RecordedLog;
  readonly inputTopic: string;
  /** The topic of each of the dataflow's outputs, by its name. */
  readonly outputTopics: Readonly<Record<string, string>>;
  readonly dataflowOptions: DataflowOptions;
  /** Each sample must have an output of its own. */
  readonly everyChange: boolean;
  /** Zero of the observation's time axis, monotonic nanoseconds. */
  readonly originNs: bigint;
  readonly observer: Observer;
  readonly expected: ExpectedRecords;
  /** Everything the pipeline has told so far. */
  readonly events: PipelineEvent[];
  /** What the pipeline has told of its batches; not among the events, of which there would be too many. */
  readonly batches: BatchLog;
  /** From now on the listener hears every event as it comes. */
  listen(listener: (event: PipelineEvent) => void): void;
  /** Of the run, removed with it: what the pipeline keeps lies in it. */
  readonly folder: string;
  /** Once, or again with these changes when the pipeline before has stopped: another state folder, for instance, and a savepoint to start from. */
  deploy(changes?: Partial<Deployment>): Promise<RunningPipeline>;
  /** Ends the pipeline orderly, and the observer after it has read all that is committed. */
  finish(): Promise<{ observation: Observation; cost: SampledCost; looks: readonly Look[] }>;
  /** Rejects when the pipeline, the observer, or the user ends the run. */
  readonly ended: Promise<never>;
}

/** Sets a run's stage, acts, and takes everything down again, whatever happened. */
export async function onStage<T>(
  context: RunContext,
  cell: CellPlan,
  log: RecordedLog,
  runId: string,
  mode: ObserverMode,
  act: (stage: Stage) => Promise<T>,
): Promise<T> {
  const pipeline = context.pipelines.get(cell.engine);
  if (!pipeline) throw new Error(`no pipeline for the engine ${cell.engine}`);
  const isElsewhere = context.elsewhere.has(cell.engine);
  const workload = await loadWorkload(cell.workload);
  const dataflowOptions = workload.dataflowOptions(pipeline.capabilities);
  const dataflow = { ...workload.dataflow, options: dataflowOptions };
  const everyChange = putsOutEveryChange(pipeline.capabilities, await loadDataflow(dataflow));
  const topics = topicsOf(runId, dataflowOptions);
  const folder = join(context.workFolder, runId);
  const originNs = process.hrtime.bigint();
  const events: PipelineEvent[] = [];
  const listeners: ((event: PipelineEvent) => void)[] = [];
  const batches = new BatchLog();
  const onEvent = (event: PipelineEvent): void => {
    if (event.kind === 'query-progress') {
      batches.hear(event.progress, event.fellBehind);
      context.onBatch?.(event.progress, event.fellBehind);
      return;
    }
    events.push(event);
    for (const listener of listeners) listener(event);
  };
  const ended = Promise.withResolvers<never>();
  ended.promise.catch(() => undefined);
  const onAbort = (): void => ended.reject(harnessErrors.error('HARNESS_INTERRUPTED'));
  context.signal.addEventListener('abort', onAbort, { once: true });
  if (context.signal.aborted) onAbort();
  let observer: Observer | undefined;
  let live:
    | { readonly running: RunningPipeline; readonly cost: CostSampler; readonly log: IntrospectionLog }
    | undefined;
  let deploying: Promise<RunningPipeline> | undefined;
  const takenDown = new AbortController();
  /** The error of a failed run names the engine's log, which lies beside its state. */
  let isKept = true;
  try {
    await mkdir(join(folder, 'state'), { recursive: true });
    const { [OUTPUTS.deadLetter]: deadLetterTopic, ...rest } = topics;
    await context.client.admin.createTopics([
      ...Object.values(rest).map((topic) => ({ topic, partitions: cell.log.partitions })),
      { topic: deadLetterTopic as string, partitions: 1 },
    ]);
    const { [INPUT]: inputTopic, ...outputTopics } = topics;
    const task = {
      connection: context.connection,
      topics: outputTopics,
      log,
      dataflowOptions,
      mode,
      originNs,
      // The producers of a cluster stamp their records by a clock of their own.
      stages: mode === 'live' && !isElsewhere,
      transactional: cell.guarantee === 'exactly-once',
      ...(cell.observerIsolation === undefined ? {} : { isolation: cell.observerIsolation }),
    };
    const observing = await Promise.race([startObserver(task), ended.promise]);
    observer = observing;
    observing.failed.catch((error) => ended.reject(error));

    const outcome = await act({
      runId,
      log,
      inputTopic: inputTopic as string,
      outputTopics,
      dataflowOptions,
      everyChange,
      originNs,
      observer: observing,
      expected: observing.expected,
      events,
      batches,
      listen: (listener) => listeners.push(listener),
      ended: ended.promise,
      folder,
      deploy: async (changes = {}) => {
        live?.cost.stop();
        live?.log.stop();
        const deployment = {
          dataflow,
          topics,
          kafka: context.connection,
          guarantee: cell.guarantee,
          settings: cell.settings,
          group: runId,
          stateFolder: join(folder, 'state'),
          heapMb: cell.heapMb,
          brokenInput: (cell.log.brokenShare ?? 0) > 0,
          ...(cell.mutant === undefined ? {} : { mutant: cell.mutant }),
          ...changes,
        };
        deploying = pipeline.deploy(deployment, onEvent, takenDown.signal);
        const deployed = await Promise.race([deploying, ended.promise]);
        deployed.failed.catch((error) => ended.reject(error));
        const cost = new CostSampler({
          engine: cell.engine,
          // Of a cluster only what submits the job runs here; the rest, if it shares this machine, would count as foreign.
          processIds: () => (isElsewhere ? [] : deployed.processIds()),
          brokerProcessId: isElsewhere ? null : context.brokerProcessId,
          events,
        });
        const log = new IntrospectionLog(() => deployed.progress().introspection, showing(context.details));
        live = { running: deployed, cost, log };
        return deployed;
      },
      finish: async () => {
        if (!live) throw new Error('a stage was finished before anything was deployed');
        live.cost.sample();
        live.log.stop();
        await Promise.race([live.running.stop({ drain: true }), ended.promise]);
        // The high watermark: a commit is answered before its markers let a read_committed reader past.
        const endOffsets: Record<string, number[]> = {};
        for (const topic of Object.values(outputTopics)) {
          endOffsets[topic] = await context.client.admin.endOffsets(topic, 'read-uncommitted');
        }
        const observation = await Promise.race([observing.finish(endOffsets), ended.promise]);
        return { observation, cost: live.cost.stop(), looks: live.log.looks };
      },
    });
    isKept = false;
    return outcome;
  } finally {
    context.signal.removeEventListener('abort', onAbort);
    live?.cost.stop();
    live?.log.stop();
    await observer?.abandon();
    // An interrupted deployment may come up in this instant: it is waited for, so that nothing outlives the run.
    takenDown.abort();
    const left = await deploying?.catch(() => undefined);
    await left?.abandon();
    await context.client.admin.deleteTopics(Object.values(topics)).catch(() => undefined);
    await clear(folder, isKept && !context.signal.aborted);
  }
}

/** Looks between two tables of what the operators do. */
const LOOKS_SHOWN_TOGETHER = 5;

/** Shows a table over the last looks, as soon as there are so many, and again after as many. */
function showing(details: RunContext['details']): (looks: readonly Look[]) => void {
  return (looks) => {
    const [before, after] = [looks.at(-1 - LOOKS_SHOWN_TOGETHER), looks.at(-1)];
    if (!details || !before || !after || (looks.length - 1) % LOOKS_SHOWN_TOGETHER > 0) return;
    details(operatorLines(before, after));
  };
}

/** Removes a run's folder, but for the logs of processes where those are to be kept and there are any. */
async function clear(folder: string, keepLogs: boolean): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const others = names.filter((name) => !(keepLogs && name.endsWith('.log')));
  const doomed = others.length === names.length ? [folder] : others.map((name) => join(folder, name));
  await Promise.all(doomed.map((path) => rm(path, { recursive: true, force: true })));
}

function topicsOf(runId: string, { late }: DataflowOptions): Record<string, string> {
  const outputs = [OUTPUTS.result, OUTPUTS.deadLetter, ...(late === 'side-output' ? [OUTPUTS.late] : [])];
  return Object.fromEntries([INPUT, ...outputs].map((name) => [name, `${runId}-${name}`]));
}
