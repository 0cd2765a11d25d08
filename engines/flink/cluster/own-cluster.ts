import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { freePorts, type GuardedProcess, startGuarded } from '../../../java/index.ts';
import { RestClient } from '../rest/index.ts';
import type { FlinkSettings } from '../settings/index.ts';
import { clusterConfiguration, DIRECT_MEMORY_MB, LOGGING, METASPACE_MB } from './configuration.ts';

/** Flink's own list (config.yaml, env.java.opts.all) without what Table, Kerberos and JMX need. */
const OPENED = [
  ...['lang', 'net', 'io', 'nio', 'lang.reflect', 'text', 'time', 'util', 'util.concurrent'],
  ...['util.concurrent.atomic', 'util.concurrent.locks'],
].map((name) => `--add-opens=java.base/java.${name}=ALL-UNNAMED`);

/**
 * Ten seconds are too few where two cores start a broker and two JVMs. Flink's own option, pekko.startup-timeout, sets a name that Pekko's classic
 * remoting does not read (PekkoUtils; RemoteSettings.StartupTimeout); Pekko takes this one from the JVM's properties.
 */
const PATIENT_START = '-Dpekko.remote.classic.startup-timeout=120s';

const JOB_MANAGER = 'org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint';
const TASK_MANAGER = 'org.apache.flink.runtime.taskexecutor.TaskManagerRunner';
const JOB_MANAGER_HEAP_MB = 512;

interface OwnClusterOptions {
  readonly java: string;
  readonly jars: readonly string[];
  readonly folder: string;
  readonly heapMb: number;
  readonly settings: FlinkSettings;
  /** Both processes write to it. */
  readonly logFile: string;
}

/** A JobManager and its TaskManagers, one after the other, as processes of this machine that end with this one. */
export class OwnCluster {
  readonly rest: RestClient;
  readonly jobManager: GuardedProcess;
  readonly #options: OwnClusterOptions;
  #taskManagers = 0;

  private constructor(options: OwnClusterOptions, restPort: number) {
    this.#options = options;
    this.rest = new RestClient(`http://127.0.0.1:${restPort}`);
    this.jobManager = this.#startProcess('job-manager', [
      // No record passes it, and its optimising compiler takes a fifth of a core for the first minute: from the TaskManager, on a small machine.
      '-XX:TieredStopAtLevel=1',
      ...[`-Xms${JOB_MANAGER_HEAP_MB}m`, `-Xmx${JOB_MANAGER_HEAP_MB}m`],
      ...this.#program(JOB_MANAGER),
      ...['--executionMode', 'cluster'],
    ]);
  }

  /** Writes the configuration and starts the JobManager; it is not ready yet. */
  static async start(options: OwnClusterOptions): Promise<OwnCluster> {
    const { folder, heapMb, settings } = options;
    const [restPort = 0, rpcPort = 0] = await freePorts(2);
    await mkdir(join(folder, 'tmp'), { recursive: true });
    const configuration = clusterConfiguration({ folder, restPort, rpcPort, heapMb, settings });
    const lines = Object.entries(configuration).map(([name, value]) => `${name}: ${value}\n`);
    await writeFile(join(folder, 'config.yaml'), lines.join(''));
    await writeFile(join(folder, 'log4j2.properties'), LOGGING);
    return new OwnCluster(options, restPort);
  }

  startTaskManager(): GuardedProcess {
    const { heapMb } = this.#options;
    this.#taskManagers++;
    return this.#startProcess(`task-manager-${this.#taskManagers}`, [
      ...[`-Xms${heapMb}m`, `-Xmx${heapMb}m`, `-XX:MaxDirectMemorySize=${DIRECT_MEMORY_MB}m`],
      `-XX:MaxMetaspaceSize=${METASPACE_MB}m`,
      ...this.#program(TASK_MANAGER),
    ]);
  }

  #program(mainClass: string): string[] {
    const { folder, jars } = this.#options;
    const logging = pathToFileURL(join(folder, 'log4j2.properties')).href;
    return [
      ...['-XX:+UseG1GC', ...OPENED, PATIENT_START, `-Dlog4j.configurationFile=${logging}`],
      ...['-cp', jars.join(delimiter), mainClass, '--configDir', folder],
    ];
  }

  #startProcess(name: string, commandLine: readonly string[]): GuardedProcess {
    const scratch = join(this.#options.folder, 'processes', name);
    return startGuarded({
      program: this.#options.java,
      commands: [commandLine],
      outputFile: this.#options.logFile,
      folder: scratch,
      dataFolder: scratch,
    });
  }
}
