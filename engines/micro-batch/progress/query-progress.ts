import type {
  SinkProgress,
  SourceProgress,
  StateOperatorProgress,
  StreamingQueryProgress,
} from '../../pipeline/index.ts';

/** A source's part in a batch. Offsets are JSON texts, null where there is none; a rate may be no number or infinite. */
export interface SourceValues {
  readonly description: string;
  readonly startOffset: string | null;
  readonly endOffset: string | null;
  readonly latestOffset: string | null;
  readonly numInputRows: number;
  readonly inputRowsPerSecond: number;
  readonly processedRowsPerSecond: number;
  readonly metrics: Readonly<Record<string, string>>;
}

/** A batch's progress before it is written as JSON: StreamingQueryProgress of Spark as a class. */
export interface ProgressValues {
  readonly id: string;
  readonly runId: string;
  readonly name: string | null;
  readonly timestamp: string;
  readonly batchId: number;
  readonly batchDuration: number;
  readonly durationMs: Readonly<Record<string, number>>;
  readonly eventTime: Readonly<Record<string, string>>;
  readonly stateOperators: readonly StateOperatorProgress[];
  readonly sources: readonly SourceValues[];
  readonly sink: SinkProgress;
}

/**
 * The JSON that Spark writes (`jsonValue` in streaming/progress.scala): rows and rates of the query are the sums of its sources', rates have one
 * decimal, a rate that is no finite number and an empty map are left out, and maps are sorted by key.
 */
export function renderProgress(values: ProgressValues): StreamingQueryProgress {
  const { id, runId, name, timestamp, batchId, batchDuration, sources } = values;
  const sum = (of: (source: SourceValues) => number) =>
    sources.reduce((total, source) => total + of(source), 0);
  return {
    id,
    runId,
    name,
    timestamp,
    batchId,
    batchDuration,
    numInputRows: sum(({ numInputRows }) => numInputRows),
    ...rates({
      inputRowsPerSecond: sum(({ inputRowsPerSecond }) => inputRowsPerSecond),
      processedRowsPerSecond: sum(({ processedRowsPerSecond }) => processedRowsPerSecond),
    }),
    ...map('durationMs', values.durationMs),
    ...map('eventTime', values.eventTime),
    stateOperators: values.stateOperators.map(({ customMetrics = {}, ...operator }) => ({
      ...operator,
      ...map('customMetrics', customMetrics),
    })),
    sources: sources.map(renderSource),
    sink: values.sink,
  };
}

function renderSource(source: SourceValues): SourceProgress {
  return {
    description: source.description,
    startOffset: parseOffset(source.startOffset),
    endOffset: parseOffset(source.endOffset),
    latestOffset: parseOffset(source.latestOffset),
    numInputRows: source.numInputRows,
    ...rates(source),
    ...map('metrics', source.metrics),
  };
}

interface Rates {
  readonly inputRowsPerSecond: number;
  readonly processedRowsPerSecond: number;
}

function rates({ inputRowsPerSecond, processedRowsPerSecond }: Rates): Partial<Rates> {
  return {
    ...(Number.isFinite(inputRowsPerSecond) && { inputRowsPerSecond: oneDecimal(inputRowsPerSecond) }),
    ...(Number.isFinite(processedRowsPerSecond) && {
      processedRowsPerSecond: oneDecimal(processedRowsPerSecond),
    }),
  };
}

const oneDecimal = (value: number): number => Math.round(value * 10) / 10;

function map<Name extends string, Value>(
  name: Name,
  entries: Readonly<Record<string, Value>>,
): { readonly [name in Name]?: Readonly<Record<string, Value>> } {
  const keys = Object.keys(entries).sort();
  if (keys.length === 0) return {};
  return { [name]: Object.fromEntries(keys.map((key) => [key, entries[key]])) } as {
    [name in Name]: Record<string, Value>;
  };
}

/** Text that is no JSON stands as it is. */
function parseOffset(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
