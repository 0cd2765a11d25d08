import type { Result } from '../model/index.ts';

/** What figures stand on: those from different grounds are not held against each other. */
export interface Ground {
  readonly machine: string;
  readonly broker: string;
  readonly toolVersion: string;
  readonly files: readonly string[];
}

/** The grounds of results, in the order in which they were first met. */
export function groundsOf(
  loaded: readonly { readonly file: string; readonly result: Result }[],
): readonly Ground[] {
  const grounds = new Map<string, { ground: Omit<Ground, 'files'>; files: string[] }>();
  for (const { file, result } of loaded) {
    const ground = groundOf(result);
    const key = JSON.stringify(ground);
    const known = grounds.get(key) ?? { ground, files: [] };
    known.files.push(file);
    grounds.set(key, known);
  }
  return [...grounds.values()].map(({ ground, files }) => ({ ...ground, files }));
}

function groundOf({ machine, broker, tool }: Result): Omit<Ground, 'files'> {
  const { cpuModel, cores, memoryMb, limits } = machine;
  return {
    machine: [
      cpuModel,
      `${cores} cores`,
      `${Math.round(memoryMb / 1024)} GiB`,
      ...(limits.cpus === null || limits.cpus >= cores ? [] : [`limited to ${limits.cpus} CPUs`]),
      ...(limits.memoryMb === null || limits.memoryMb >= memoryMb
        ? []
        : [`limited to ${Math.round(limits.memoryMb)} MiB`]),
    ].join(', '),
    broker:
      broker.kind === 'embedded-log'
        ? 'no Kafka, a log in memory'
        : `${broker.kind} Kafka ${broker.kafkaVersion ?? 'of unknown version'}`,
    toolVersion: tool.version,
  };
}
