import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const ANSWER_LIMIT_MS = 30_000;

const overviewSchema = z.object({
  'slots-total': z.int(),
  'slots-available': z.int(),
  'flink-version': z.string(),
});

const configurationSchema = z.object({ features: z.object({ 'web-submit': z.boolean() }) });

const identified = z.object({ id: z.string() });

/** Of a vertex, its subtasks added up (IOMetricsInfo); a time that is not known yet is no number. */
const vertexMetricsSchema = z.object({
  'read-records': z.number(),
  'write-records': z.number(),
  'accumulated-busy-time': z.number().catch(0),
  'accumulated-backpressured-time': z.number(),
  'accumulated-idle-time': z.number(),
});

const jobSchema = z.object({
  state: z.string(),
  vertices: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      status: z.string(),
      metrics: vertexMetricsSchema.optional(),
    }),
  ),
});
export type FlinkJob = z.infer<typeof jobSchema>;

const completedSchema = z.object({
  id: z.int(),
  status: z.string(),
  is_savepoint: z.boolean(),
  trigger_timestamp: z.number(),
  end_to_end_duration: z.number(),
  checkpointed_size: z.number(),
});

const checkpointsSchema = z.object({
  latest: z.object({
    restored: z.object({ id: z.int(), restore_timestamp: z.number() }).nullish(),
    completed: z.object({ external_path: z.string() }).nullish(),
  }),
  history: z.array(completedSchema),
});
export type FlinkCheckpoints = z.infer<typeof checkpointsSchema>;

const savepointSchema = z.object({
  status: z.object({ id: z.string() }),
  operation: z.object({ 'failure-cause': z.object({ 'stack-trace': z.string() }).optional() }).nullish(),
});

const exceptionsSchema = z.object({
  exceptionHistory: z.object({ entries: z.array(z.object({ stacktrace: z.string() })) }),
});

/** Flink answers that it will not: the innermost cause of what it says. */
export class FlinkRefusal extends Error {}

/** No answer, or one of a JobManager that cannot serve now (5xx to a question). Asked again, it may be another. */
export class FlinkSilence extends Error {}

/** A job to run: its class and arguments, and what of Flink's configuration is the job's own. */
export interface JobSubmission {
  readonly jarId: string;
  readonly entryClass: string;
  readonly arguments: readonly string[];
  readonly parallelism: number;
  readonly configuration: Readonly<Record<string, string>>;
}

/**
 * Flink's REST interface (org.apache.flink.runtime.rest, web submission), as far as it is needed. Each method rejects with a
 * {@link FlinkRefusal} when Flink answers that it will not, and with a {@link FlinkSilence} when it does not answer.
 */
export class RestClient {
  readonly url: string;
  readonly #answerLimitMs: number;

  constructor(url: string, { answerLimitMs = ANSWER_LIMIT_MS } = {}) {
    this.url = url.replace(/\/$/, '');
    this.#answerLimitMs = answerLimitMs;
  }

  /** Of Flink: `2.2.1`. */
  async version(): Promise<string> {
    return (await this.#get('/overview', overviewSchema))['flink-version'];
  }

  /** Whether `upload` and `run` are there (web.submit.enable). */
  async takesJars(): Promise<boolean> {
    return (await this.#get('/config', configurationSchema)).features['web-submit'];
  }

  /** Slots of all TaskManagers, and those without a job. */
  async slots(signal: AbortSignal | null = null): Promise<{ readonly total: number; readonly free: number }> {
    const overview = await this.#call('/overview', { signal }, overviewSchema);
    return { total: overview['slots-total'], free: overview['slots-available'] };
  }

  /** @returns the id by which the jar is run */
  async upload(jar: string, signal: AbortSignal | null = null): Promise<string> {
    const form = new FormData();
    form.append('jarfile', new Blob([await readFile(jar)], { type: 'application/java-archive' }), 'jobs.jar');
    // Encoded here: Node fails, where nobody hears it, when a form is broken off while it is read.
    const { headers, body } = await encoded(form);
    const answer = await this.#call(
      '/jars/upload',
      { method: 'POST', headers, body, signal },
      z.object({ filename: z.string() }),
    );
    return answer.filename.split('/').at(-1) ?? '';
  }

  /** @returns the id of the job */
  async run({
    jarId,
    entryClass,
    arguments: programArgsList,
    parallelism,
    configuration,
  }: JobSubmission): Promise<string> {
    const body = { entryClass, programArgsList, parallelism, flinkConfiguration: configuration };
    return (await this.#post(`/jars/${jarId}/run`, body, z.object({ jobid: z.string() }))).jobid;
  }

  job(jobId: string): Promise<FlinkJob> {
    return this.#get(`/jobs/${jobId}`, jobSchema);
  }

  checkpoints(jobId: string): Promise<FlinkCheckpoints> {
    return this.#get(`/jobs/${jobId}/checkpoints`, checkpointsSchema);
  }

  /** The innermost causes of the job's failures, the newest first. */
  async failures(jobId: string): Promise<readonly string[]> {
    const { exceptionHistory } = await this.#get(`/jobs/${jobId}/exceptions`, exceptionsSchema);
    return exceptionHistory.entries.map(({ stacktrace }) => innermostCause(stacktrace));
  }

  /** Values of metrics of a vertex, by name; those that Flink does not know are left out. */
  async metrics(
    jobId: string,
    vertexId: string,
    names: readonly string[],
  ): Promise<ReadonlyMap<string, number>> {
    const query = names.map(encodeURIComponent).join(',');
    const values = await this.#get(
      `/jobs/${jobId}/vertices/${vertexId}/metrics?get=${query}`,
      z.array(z.object({ id: z.string(), value: z.string() })),
    );
    return new Map(values.map(({ id, value }) => [id, Number(value)]));
  }

  async metricNames(jobId: string, vertexId: string): Promise<readonly string[]> {
    const names = await this.#get(`/jobs/${jobId}/vertices/${vertexId}/metrics`, z.array(identified));
    return names.map(({ id }) => id);
  }

  /** The lowest watermark of a vertex's subtasks, milliseconds; null before all have one. */
  async watermarkMs(jobId: string, vertexId: string): Promise<number | null> {
    const marks = await this.#get(
      `/jobs/${jobId}/vertices/${vertexId}/watermarks`,
      z.array(z.object({ value: z.string() })),
    );
    const lowest = Math.min(...marks.map(({ value }) => Number(value)));
    return Number.isFinite(lowest) && lowest > Number.MIN_SAFE_INTEGER ? lowest : null;
  }

  /** Ids of the TaskManagers that run subtasks of a vertex. */
  async taskManagers(jobId: string, vertexId: string): Promise<readonly string[]> {
    const { taskmanagers } = await this.#get(
      `/jobs/${jobId}/vertices/${vertexId}/taskmanagers`,
      z.object({ taskmanagers: z.array(z.object({ 'taskmanager-id': z.string() })) }),
    );
    return taskmanagers.map((taskManager) => taskManager['taskmanager-id']);
  }

  /**
   * Stops a job with a savepoint, without letting event time run to its end.
   *
   * @param targetDirectory none for the one of the cluster's own configuration
   * @returns the id of the request
   */
  async stopWithSavepoint(jobId: string, targetDirectory: string | undefined): Promise<string> {
    const answer = await this.#post(
      `/jobs/${jobId}/stop`,
      { targetDirectory, drain: false },
      z.object({ 'request-id': z.string() }),
    );
    return answer['request-id'];
  }

  /** Undefined while it is under way; null when it is complete; else why it failed. */
  async savepointOutcome(jobId: string, requestId: string): Promise<string | null | undefined> {
    const { status, operation } = await this.#get(`/jobs/${jobId}/savepoints/${requestId}`, savepointSchema);
    if (status.id !== 'COMPLETED') return undefined;
    const failure = operation?.['failure-cause']?.['stack-trace'];
    return failure === undefined ? null : innermostCause(failure);
  }

  async cancel(jobId: string): Promise<void> {
    await this.#call(`/jobs/${jobId}?mode=cancel`, { method: 'PATCH' }, z.unknown());
  }

  #get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return this.#call(path, {}, schema);
  }

  #post<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    return this.#call(path, { method: 'POST', headers, body: JSON.stringify(body) }, schema);
  }

  async #call<T>(path: string, init: RequestInit, schema: z.ZodType<T>): Promise<T> {
    const { status, text } = await this.#answer(path, init);
    if (status >= 500 && init.method === undefined) throw new FlinkSilence(refusalOf(text));
    if (status >= 300) throw new FlinkRefusal(refusalOf(text));
    try {
      return schema.parse(JSON.parse(text));
    } catch {
      throw new FlinkRefusal(
        `${this.url}${path} answered what no Flink 2.2 answers: ${firstLine(text).slice(0, 100)}`,
      );
    }
  }

  async #answer(path: string, init: RequestInit): Promise<{ status: number; text: string }> {
    const limit = AbortSignal.timeout(this.#answerLimitMs);
    const signal = init.signal ? AbortSignal.any([init.signal, limit]) : limit;
    try {
      const answer = await fetch(this.url + path, { ...init, signal });
      return { status: answer.status, text: await answer.text() };
    } catch (failure) {
      if (limit.aborted) throw new FlinkSilence(`nothing came within ${this.#answerLimitMs / 1_000} s`);
      const { message, cause } = failure as Error;
      throw new FlinkSilence(firstLine(cause instanceof Error ? cause.message || String(cause) : message));
    }
  }
}

async function encoded(form: FormData): Promise<{ headers: Record<string, string>; body: ArrayBuffer }> {
  const whole = new Response(form);
  return {
    headers: { 'content-type': whole.headers.get('content-type') ?? '' },
    body: await whole.arrayBuffer(),
  };
}

/** What TLS says of a server that does not speak it goes on over several lines. */
function firstLine(text: string): string {
  return (text.trim().split('\n')[0] as string).slice(0, 200);
}

function refusalOf(text: string): string {
  try {
    const { errors } = z.object({ errors: z.array(z.string()) }).parse(JSON.parse(text));
    return innermostCause(errors.join('\n'));
  } catch {
    return firstLine(text);
  }
}

/** The last `Caused by:` of a stack trace, without its frames. */
function innermostCause(stackTrace: string): string {
  const lines = stackTrace.split('\n').filter((line) => line.trim() !== '' && !/^\s+at /.test(line));
  const cause = lines.findLast((line) => line.startsWith('Caused by:')) ?? lines[0] ?? stackTrace;
  return cause.replace('Caused by: ', '').trim().slice(0, 500);
}
