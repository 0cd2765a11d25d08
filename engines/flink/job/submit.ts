import { flinkErrors } from '../errors.ts';
import { FlinkRefusal, FlinkSilence, type RestClient } from '../rest/index.ts';
import { type JobPlan, submissionOf } from './job-plan.ts';

/** Uploads the jar with the jobs and runs the plan's. @returns the id of the job @throws FLINK_JOB_REFUSED, FLINK_UNREACHABLE */
export async function submitJob(
  rest: RestClient,
  jar: string,
  plan: JobPlan,
  logFile: string,
  signal: AbortSignal,
): Promise<string> {
  try {
    const jarId = await rest.upload(jar, signal);
    signal.throwIfAborted();
    // Whether a job that was asked for is there says only the answer, so this is not broken off.
    return await rest.run(submissionOf(plan, jarId));
  } catch (failure) {
    if (failure instanceof FlinkSilence)
      throw flinkErrors.error('FLINK_UNREACHABLE', { url: rest.url, reason: failure.message });
    if (!(failure instanceof FlinkRefusal)) throw failure;
    throw flinkErrors.error('FLINK_JOB_REFUSED', { reason: failure.message, log: logFile });
  }
}
