import type { EngineSettings } from '../../engines/pipeline/index.ts';
import type { LogOptions } from './log-options.ts';

/** The rows of the settings sheet that the user's options set, by name: engine settings, knobs of the log, the heap. */
export function givenSettings(
  options: LogOptions & { readonly heap?: number },
  settings: EngineSettings,
): ReadonlySet<string> {
  const rows = {
    heapMb: options.heap,
    inputPartitions: options.partitions,
    keys: options.keys,
    skew: options.skew,
    disorderShare: options.disorder,
    lateShare: options.late,
    brokenShare: options.broken,
  };
  const given = Object.entries(rows).filter(([, value]) => value !== undefined);
  return new Set([...Object.keys(settings), ...given.map(([name]) => name)]);
}
