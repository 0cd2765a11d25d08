import { mavenJars, pomVersion, requireJava } from '../../java/index.ts';
import type { Capability, Pipeline, SettingRow } from '../pipeline/index.ts';
import { loadDataflow, refuseMissing, validateDataflow } from '../pipeline/index.ts';
import { superviseEngine } from '../pipeline/process/index.ts';
import { flinkErrors } from './errors.ts';
import { FLINK, jarForClusters } from './jars.ts';
import { entryClassOf, existingClusterLauncher, taskManagerLauncher } from './job/index.ts';
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
      await requireJava(FLINK);
      await mavenJars(FLINK, onProgress);
    },
    validate(dataflow, settings) {
      validateDataflow(dataflow);
      refuseMissing('flink', CAPABILITIES, dataflow);
      entryClassOf(dataflow.name);
      flinkSettings.parse(settings);
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
      const { kafka } = deployment;
      if (kafka.kind !== 'kafka') throw kafkaNeeded('the embedded log');
      if (kafka.clientConfigFile !== undefined) throw kafkaNeeded('a client properties file');
      const java = await requireJava(FLINK);
      const jars = await mavenJars(FLINK);
      const plan = { deployment, settings, entryClass, brokers: kafka.brokers };
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

const kafkaNeeded = (found: string) => flinkErrors.error('FLINK_KAFKA_NEEDED', { found });
