import { mavenJars, requireJava } from '../../java/index.ts';
import type { Capability, Pipeline } from '../pipeline/index.ts';
import { loadDataflow, refuseMissing, validateDataflow } from '../pipeline/index.ts';
import { superviseEngine } from '../pipeline/process/index.ts';
import { flinkErrors } from './errors.ts';
import { FLINK } from './jars.ts';
import { entryClassOf, taskManagerLauncher } from './job/index.ts';
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

/** The real Apache Flink: a JobManager and a TaskManager of this machine that run the job of the dataflow's name. */
export function flinkPipeline(): Pipeline {
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
    settingsSheet: (settings) => flinkSettings.sheet(settings),
    async deploy(deployment, onEvent) {
      const settings = flinkSettings.parse(deployment.settings);
      const dataflow = await loadDataflow(deployment.dataflow);
      const entryClass = entryClassOf(dataflow.name);
      refuseMissing('flink', CAPABILITIES, dataflow, deployment.guarantee);
      const { kafka } = deployment;
      if (kafka.kind !== 'kafka') throw kafkaNeeded('the embedded log');
      if (kafka.clientConfigFile !== undefined) throw kafkaNeeded('a client properties file');
      const java = await requireJava(FLINK);
      const { own, dependencies } = await mavenJars(FLINK);
      const launcher = taskManagerLauncher({
        deployment,
        settings,
        entryClass,
        brokers: kafka.brokers,
        java: java.program,
        jars: dependencies,
        jobJar: own ?? '',
      });
      return superviseEngine({ engine: 'flink', capabilities: CAPABILITIES, launcher, deployment, onEvent });
    },
  };
}

const kafkaNeeded = (found: string) => flinkErrors.error('FLINK_KAFKA_NEEDED', { found });
