import type { Command } from 'commander';
import type { EngineName } from '../../engines/pipeline/index.ts';
import { harnessErrors } from '../errors.ts';
import type { Clusters } from '../run/index.ts';

/** Clusters that are there already. */
export interface ClusterOptions {
  readonly flinkRest?: string;
  readonly sparkMaster?: string;
  readonly killCommand?: string;
}

/** Adds the options of existing clusters, shared by the commands that run cells. */
export function addClusterOptions(command: Command): Command {
  return command
    .option(
      '--flink-rest <url>',
      'runs the job of flink on an existing cluster: its REST interface, http://HOST:8081',
      urlOption('--flink-rest', /^https?:\/\/[^/\s]+/, 'http://HOST:PORT', command.name()),
    )
    .option(
      '--spark-master <url>',
      'runs the job of spark on an existing cluster: spark://HOST:7077',
      urlOption('--spark-master', /^spark:\/\/[^/\s]+/, 'spark://HOST:PORT', command.name()),
    )
    .option('--kill-command <command>', 'shell command that kills a worker of that cluster, for recovery');
}

/**
 * The clusters that the options name.
 *
 * @param engines that run
 *
 * @throws HARNESS_OPTION_INVALID for an option that nothing would heed
 */
export function clustersOf(
  { flinkRest, sparkMaster, killCommand }: ClusterOptions,
  engines: readonly EngineName[],
  command: string,
): Clusters {
  const requireEngine = (option: string, engine: EngineName): void => {
    if (engines.includes(engine)) return;
    throw refusal(option, `no cell runs on ${engine}. Name it by --engine.`, command);
  };
  if (flinkRest !== undefined) requireEngine('--flink-rest', 'flink');
  if (sparkMaster !== undefined) requireEngine('--spark-master', 'spark');
  if (killCommand !== undefined && flinkRest === undefined && sparkMaster === undefined) {
    const problem =
      'what runs here is killed by its process id. Give --flink-rest or --spark-master with it.';
    throw refusal('--kill-command', problem, command);
  }
  return {
    ...(flinkRest === undefined ? {} : { flinkRestUrl: flinkRest.replace(/\/+$/, '') }),
    ...(sparkMaster === undefined ? {} : { sparkMaster }),
    ...(killCommand === undefined ? {} : { killCommand }),
  };
}

function urlOption(option: string, form: RegExp, example: string, command: string): (text: string) => string {
  return (text) => {
    if (form.test(text)) return text;
    throw refusal(option, `"${text}" is not ${example}.`, command);
  };
}

const refusal = (option: string, problem: string, command: string): Error =>
  harnessErrors.error('HARNESS_OPTION_INVALID', { option, problem, command });
