import { mavenJars, pomVersion, requireJava } from '../../java/index.ts';
import type { Capability, Pipeline, SettingRow } from '../pipeline/index.ts';
import { loadDataflow, refuseMissing, validateDataflow } from '../pipeline/index.ts';
import { superviseEngine } from '../pipeline/process/index.ts';
import { requireCluster } from './existing-cluster.ts';
import { FLINK, jarForClusters } from './jars.ts';
import { entryClassOf, existingClusterLauncher, taskManagerLauncher } from './job/index.ts';
import { brokersOf, refuseContradiction, requireHeap } from './requirements.ts';
import { RestClient } from './rest/index.ts';
import { flinkProfiles, flinkSettings } from './settings/index.ts';

const CAPABILITIES: ReadonlySet<Capability> = new Set<Capability>([
  'running-aggregate',
  'every-change',
  'tumbling-window',
  'late-side-output',
  'keyed-process',
  'event-time-timer',
  'exactly-once',
]);

/** In the sheet, though nobody sets it: two versions are two systems. What runs on a cluster that is there already is not known. */
const VERSION: SettingRow = { name: 'flinkVersion', value: pomVersion(FLINK), source: 'default' };

/** A Flink that is there already. */
export interface ExistingFlink {
  /** Of its JobManager's REST interface. */
  readonly restUrl?: string;
  /** Shell command that ends a TaskManager abruptly; what it finds in its environment stands at `existingClusterLauncher`. */
  readonly killCommand?: string;
}

/** The real Apache Flink, which runs the job of the dataflow's name: by default on a JobManager and a TaskManager of this machine. */
export function flinkPipeline({ restUrl, killCommand }: ExistingFlink = {}): Pipeline {
  return {
    engine: 'flink',
    capabilities: CAPABILITIES,
    profiles: flinkProfiles,
    async prepare(onProgress) {
      if (restUrl !== undefined) await requireCluster(restUrl);
      await requireJava(FLINK);
      await mavenJars(FLINK, onProgress);
    },
    requireKafka: brokersOf,
    validate(dataflow, settings, { guarantee, heapMb }) {
      validateDataflow(dataflow);
      refuseMissing('flink', CAPABILITIES, dataflow);
      entryClassOf(dataflow.name);
      refuseContradiction(flinkSettings.parse(settings), guarantee);
      // An existing TaskManager has the heap that it has.
      if (restUrl === undefined) requireHeap(heapMb);
    },
    settingsSheet: (settings) => [
      ...flinkSettings.sheet(settings),
      ...(restUrl === undefined ? [VERSION] : []),
    ],
    async deploy(deployment, onEvent, signal) {
      const settings = flinkSettings.parse(deployment.settings);
      const dataflow = await loadDataflow(deployment.dataflow);
      const entryClass = entryClassOf(dataflow.name);
      refuseMissing('flink', CAPABILITIES, dataflow, deployment.guarantee);
      const brokers = brokersOf(deployment.kafka);
      const java = await requireJava(FLINK);
      const jars = await mavenJars(FLINK);
      const plan = { deployment, settings, entryClass, brokers };
      const launcher =
        restUrl === undefined
          ? taskManagerLauncher({
              ...plan,
              java: java.program,
              jars: jars.dependencies,
              jobJar: jars.own ?? '',
            })
          : existingClusterLauncher({
              ...plan,
              rest: new RestClient(restUrl),
              jobJar: jarForClusters(jars),
              killCommand,
            });
      return superviseEngine({
        engine: 'flink',
        capabilities: CAPABILITIES,
        launcher,
        deployment,
        onEvent,
        signal,
      });
    },
  };
}
