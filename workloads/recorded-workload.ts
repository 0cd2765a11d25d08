import { workloadErrors } from './errors.ts';
import {
  firstRecords,
  type LogSpecification,
  parseLog,
  parseLogFileSpecification,
  type RecordedLog,
} from './log/index.ts';
import type { OwnWorkload } from './own-workload.ts';

/** A workload whose log was recorded from a topic. */
export interface RecordedWorkload extends Omit<OwnWorkload, 'generate' | 'defaults'> {
  /** Path of the recording, from the current directory; or a file: URL. */
  readonly log: string | URL;
}

/**
 * Makes a workload of a recording by `crosscurrent log record`. Its partitions and keys are the topic's; `events` takes the first so many
 * records, and a recording that has fewer is played as it is. The seed changes nothing.
 *
 * @throws the errors of reading a log
 */
export function recordedWorkload({ log: path, ...rest }: RecordedWorkload): OwnWorkload {
  const { partitions, keys } = parseLogFileSpecification(path);
  return {
    ...rest,
    defaults: { partitions, keys },
    generate(specification: LogSpecification): RecordedLog {
      if (specification.partitions !== partitions) {
        const given = specification.partitions;
        throw workloadErrors.error('WORKLOAD_RECORDING_PARTITIONS', {
          path: String(path),
          partitions,
          given,
        });
      }
      return firstRecords(parseLog(path), specification);
    },
  };
}
