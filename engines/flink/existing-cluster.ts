import { pomVersion } from '../../java/index.ts';
import { flinkErrors } from './errors.ts';
import { FLINK } from './jars.ts';
import { FlinkRefusal, FlinkSilence, RestClient } from './rest/index.ts';

const ANSWER_LIMIT_MS = 5_000;

/**
 * Asks a Flink that is there already whether it can run the jobs: of the minor version that they are compiled against, and taking jars.
 *
 * @throws FLINK_UNREACHABLE, FLINK_NOT_FLINK, FLINK_VERSION_OTHER, FLINK_SUBMIT_DISABLED
 */
export async function requireCluster(restUrl: string): Promise<void> {
  const rest = new RestClient(restUrl, { answerLimitMs: ANSWER_LIMIT_MS });
  const { url } = rest;
  try {
    const version = await rest.version();
    const needed = minorOf(pomVersion(FLINK));
    if (minorOf(version) !== needed) throw flinkErrors.error('FLINK_VERSION_OTHER', { url, version, needed });
    if (!(await rest.takesJars())) throw flinkErrors.error('FLINK_SUBMIT_DISABLED', { url });
  } catch (failure) {
    if (failure instanceof FlinkSilence)
      throw flinkErrors.error('FLINK_UNREACHABLE', { url, reason: failure.message });
    if (failure instanceof FlinkRefusal)
      throw flinkErrors.error('FLINK_NOT_FLINK', { url, reason: failure.message });
    throw failure;
  }
}

/** `2.2` of `2.2.1`: within it Flink keeps its interfaces. */
function minorOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}
