/** How values of a metric are stored and shown. Times keep the unit of the model; renderers choose us, ms or s for a column. */
export type MetricUnit =
  | 'us'
  | 'ms'
  | 'events/s'
  | 'records'
  | 'samples'
  | 'CPU-s per million events'
  | 'MiB';

export interface Metric {
  readonly id: MetricId;
  /** Header of a table's column. */
  readonly title: string;
  readonly unit: MetricUnit;
  readonly direction: 'lower is better' | 'higher is better' | 'neither';
  /** From where to where, in words: the tooltip of the header and the entry in docs/metrics.md. */
  readonly definition: string;
  /** A smaller relative difference is called no difference, however certain it is; null where no comparison is made. */
  readonly minimumEffect: number | null;
}

export type MetricId =
  | 'latency-p50'
  | 'latency-p99'
  | 'latency-p999'
  | 'latency-max'
  | 'latency-samples'
  | 'uncorrected-p99'
  | 'per-output-p99'
  | 'generator-lag-p99'
  | 'drain-rate'
  | 'drain-last-half-rate'
  | 'drain-cold-rate'
  | 'drain-warm-up'
  | 'recovery-first-output'
  | 'recovery-caught-up'
  | 'recovery-replayed'
  | 'cpu-per-million'
  | 'cpu-per-million-draining'
  | 'peak-rss'
  | 'sustainable-rate';

const percentile = (share: string) =>
  `${share} of all inputs that should lead to an output had it no later than this. Measured from the instant at which the input was due on the schedule, whatever the generator managed, to the instant at which a read_committed consumer outside the engine received the first output that covers the input. One sample per input on every engine. Window results: from the due instant of the input that lets a perfect engine close the window. Warm-up excluded; read from one merged HDR histogram; not printed when fewer than ten samples lie beyond.`;

const rows: Readonly<Record<MetricId, Omit<Metric, 'id'>>> = {
  'latency-p50': {
    title: 'p50',
    unit: 'us',
    direction: 'lower is better',
    definition: percentile('Half'),
    minimumEffect: 0.05,
  },
  'latency-p99': {
    title: 'p99',
    unit: 'us',
    direction: 'lower is better',
    definition: percentile('99 %'),
    minimumEffect: 0.1,
  },
  'latency-p999': {
    title: 'p99.9',
    unit: 'us',
    direction: 'lower is better',
    definition: percentile('99.9 %'),
    minimumEffect: 0.1,
  },
  'latency-max': {
    title: 'max',
    unit: 'us',
    direction: 'lower is better',
    definition:
      'The longest latency of any input in the measured span. One sample: read it beside the percentiles, never alone.',
    minimumEffect: null,
  },
  'latency-samples': {
    title: 'samples',
    unit: 'samples',
    direction: 'neither',
    definition:
      'Inputs in the measured span that should lead to an output; each has one latency. Over the whole log they are as many on every engine, or the run is refused; in the measured span they may differ a little, as warm-up ends when the latency is steady.',
    minimumEffect: null,
  },
  'uncorrected-p99': {
    title: 'p99 from send',
    unit: 'us',
    direction: 'lower is better',
    definition:
      'As p99, but from the instant at which the generator really sent the input. Lower than p99 when the generator was held up: the difference is what a benchmark with coordinated omission would hide.',
    minimumEffect: null,
  },
  'per-output-p99': {
    title: 'p99 per output',
    unit: 'us',
    direction: 'lower is better',
    definition:
      'As p99, but one sample per output record, from the due instant of the newest input it covers. An engine that merges updates has fewer outputs, so two engines are not compared by it.',
    minimumEffect: null,
  },
  'generator-lag-p99': {
    title: 'replay lag p99',
    unit: 'us',
    direction: 'lower is better',
    definition:
      'How late the generator sent its inputs (actual send minus due), 99 % of them at most this, over the measured span. Above 1 ms and above 5 % of the measured p99 the run is refused; the latency contains this lag in any case.',
    minimumEffect: null,
  },
  'drain-rate': {
    title: 'drain',
    unit: 'events/s',
    direction: 'higher is better',
    definition:
      'A topic that is already full, the engine started cold: inputs covered per second between the first and the last committed output that a consumer outside the engine received. Where one batch or one commit released them all there is no such rate, and the cold one stands.',
    minimumEffect: 0.05,
  },
  'drain-last-half-rate': {
    title: 'drain, last half',
    unit: 'events/s',
    direction: 'higher is better',
    definition:
      'As drain, over the last half of the backlog: inputs covered per second from the first instant at which half of them were covered to the last committed output. A virtual machine has compiled what is hot by then. Where outputs are released together, by batches or by commits, both ends are ends of a release, the first the one nearest to the half. Absent with fewer than ten instants of arrival, where no release is near the half (40 to 60 %), or with fewer than two batches or commits after it.',
    minimumEffect: 0.05,
  },
  'drain-cold-rate': {
    title: 'drain, cold',
    unit: 'events/s',
    direction: 'higher is better',
    definition:
      'All inputs of the backlog divided by the time from the order to deploy to the last committed output: with start of the processes and warm-up.',
    minimumEffect: 0.05,
  },
  'drain-warm-up': {
    title: 'warm-up',
    unit: 'ms',
    direction: 'lower is better',
    definition:
      'From the order to deploy to the first committed output of a drain that a consumer outside the engine received: processes and virtual machines start, the job is deployed, its first records pass through code that nothing has compiled yet. In no rate but the cold one.',
    minimumEffect: 0.15,
  },
  'recovery-first-output': {
    title: 'first output',
    unit: 'ms',
    direction: 'lower is better',
    definition:
      "From the SIGKILL of the engine's process (instant before the system call) to the first new committed output that a consumer outside the engine received. Median over the kills.",
    minimumEffect: 0.15,
  },
  'recovery-caught-up': {
    title: 'caught up',
    unit: 'ms',
    direction: 'lower is better',
    definition:
      'From the SIGKILL to the instant from which lag and p99 are back to what they were before the kill and stay so. Median over the kills.',
    minimumEffect: 0.15,
  },
  'recovery-replayed': {
    title: 'replayed',
    unit: 'records',
    direction: 'lower is better',
    definition:
      'Inputs that the engine had already processed and read again after the kill. Depends on where in the checkpoint or batch interval the kill fell. Median over the kills.',
    minimumEffect: null,
  },
  'cpu-per-million': {
    title: 'CPU-s/M at rate',
    unit: 'CPU-s per million events',
    direction: 'lower is better',
    definition:
      'CPU seconds, user and system, of all processes of the engine during the latency run, from the operating system, per million inputs at the offered rate: what a paced job costs.',
    minimumEffect: 0.1,
  },
  'cpu-per-million-draining': {
    title: 'CPU-s/M draining',
    unit: 'CPU-s per million events',
    direction: 'lower is better',
    definition:
      'CPU seconds, user and system, of all processes of the engine during the backlog drain, with process start, per million inputs: what the work costs when there is always more.',
    minimumEffect: 0.1,
  },
  'peak-rss': {
    title: 'peak RSS',
    unit: 'MiB',
    direction: 'lower is better',
    definition:
      'Highest resident memory of the processes of the engine, from the operating system: the sum over processes in a run, the highest of the latency and drain runs.',
    minimumEffect: 0.1,
  },
  'sustainable-rate': {
    title: 'sustainable',
    unit: 'events/s',
    direction: 'higher is better',
    definition:
      'The highest offered rate that holds: the lag grows by at most 1 % of the rate, the stated percentile of the latency stays within the stated limit, and what is left at the end is covered within 5 s. Found by bracket and bisection, confirmed by repetition. Where the search ended at what generator, broker and observer pass, or at the end of its range, the figure is a lower bound and is not ranked.',
    minimumEffect: 0.05,
  },
};

/** Every metric with its definition: the one source of table headers, tooltips and docs/metrics.md. */
export const METRICS: readonly Metric[] = (Object.keys(rows) as MetricId[]).map((id) => ({
  id,
  ...rows[id],
}));

/** The registry's entry of a metric. */
export function metric(id: MetricId): Metric {
  return { id, ...rows[id] };
}
