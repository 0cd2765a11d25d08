import { delimiter } from 'node:path';
import { mavenJars, pomVersion, requireJava } from '../../java/index.ts';
import type { Capability, Dataflow, Pipeline, SettingRow } from '../pipeline/index.ts';
import { loadDataflow, refuseMissing, validateDataflow } from '../pipeline/index.ts';
import { superviseEngine } from '../pipeline/process/index.ts';
import { classArchiveOptions, driverLauncher, masterAddresses, reachMaster } from './driver/index.ts';
import { sparkErrors } from './errors.ts';
import { connectorJars, SPARK } from './jars.ts';
import { brokersOf, requireHeap, requireSettings } from './requirements.ts';
import { sparkProfiles, sparkSettings } from './settings/index.ts';

const WORKLOADS = ['merchant-spend', 'login-tracker', 'regional-revenue'];

const CAPABILITIES: ReadonlySet<Capability> = new Set<Capability>([
  'running-aggregate',
  'tumbling-window',
  'late-count',
  'keyed-process',
]);

/** In the sheet, though nobody sets it: two versions are two systems. What runs on a cluster that is there already is not known. */
const VERSION: SettingRow = { name: 'sparkVersion', value: pomVersion(SPARK), source: 'default' };

/** A Spark that is there already. */
export interface ExistingSpark {
  /** `spark://…`; by default the driver runs all tasks in its own process. */
  readonly master?: string;
  /** Shell command that ends an executor abruptly: the fault of a slot. */
  readonly killCommand?: string;
}

/**
 * The real Apache Spark Structured Streaming: a driver process that runs the job of the dataflow's name, supervised as the embedded engines
 * are. Its Kafka sink is at-least-once, so it has no `exactly-once`. With a kill command it has `slot-failure`: the driver lives on while the
 * cluster replaces the executor.
 */
export function sparkPipeline({ master, killCommand }: ExistingSpark = {}): Pipeline {
  const capabilities: ReadonlySet<Capability> =
    killCommand === undefined ? CAPABILITIES : new Set([...CAPABILITIES, 'slot-failure']);
  return {
    engine: 'spark',
    capabilities,
    profiles: sparkProfiles,
    async prepare(onProgress) {
      if (master !== undefined) await reachMaster(master);
      await requireJava(SPARK);
      await mavenJars(SPARK, onProgress);
    },
    requireKafka: brokersOf,
    validate(dataflow, settings, { heapMb }) {
      validateDataflow(dataflow);
      refuseMissing('spark', CAPABILITIES, dataflow);
      requireJob(dataflow);
      requireSettings(settings, master !== undefined);
      requireHeap(heapMb);
      if (master !== undefined) masterAddresses(master);
    },
    settingsSheet: (settings) => [
      ...sparkSettings.sheet(settings),
      ...(master === undefined ? [VERSION] : []),
    ],
    async deploy(deployment, onEvent, signal) {
      const settings = sparkSettings.parse(deployment.settings);
      const dataflow = await loadDataflow(deployment.dataflow);
      requireJob(dataflow);
      refuseMissing('spark', CAPABILITIES, dataflow, deployment.guarantee);
      const brokers = brokersOf(deployment.kafka);
      requireHeap(deployment.heapMb);
      if (master !== undefined) await reachMaster(master);
      const java = await requireJava(SPARK);
      const { own, dependencies, folder } = await mavenJars(SPARK);
      const ownJars = own === undefined ? [] : [own];
      const classpath = [...dependencies, ...ownJars].join(delimiter);
      const launcher = driverLauncher(java.program, {
        deployment,
        settings,
        workload: dataflow.name,
        brokers,
        classpath,
        archiveOptions: settings.classArchive ? await classArchiveOptions(java, classpath, folder) : [],
        cluster: master === undefined ? null : { master, jars: [...connectorJars(dependencies), ...ownJars] },
        killCommand: killCommand ?? null,
      });
      return superviseEngine({ engine: 'spark', capabilities, launcher, deployment, onEvent, signal });
    },
  };
}

function requireJob({ name }: Dataflow): void {
  if (WORKLOADS.includes(name)) return;
  throw sparkErrors.error('SPARK_WORKLOAD_UNKNOWN', { dataflow: name, known: WORKLOADS.join(', ') });
}
