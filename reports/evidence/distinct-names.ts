import { cleanText } from '../markup/index.ts';
import type { Configuration } from './configuration.ts';

const LONGEST_ROW = 40;

/** Adds to names that several configurations of a workload share the settings in which these differ. */
export function withDistinctNames(configurations: readonly Configuration[]): readonly Configuration[] {
  return configurations.map((configuration) => {
    const { name, workload, settings } = configuration;
    const alike = configurations.filter((other) => other.name === name && other.workload === workload);
    const differing = settings.filter((row) =>
      alike.some((other) => other.settings.find((one) => one.name === row.name)?.value !== row.value),
    );
    const rows = differing.map((row) => cleanText(`${row.name}=${row.value}`, LONGEST_ROW));
    return rows.length === 0 ? configuration : { ...configuration, name: [name, ...rows].join(', ') };
  });
}
