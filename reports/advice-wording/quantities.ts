import type { Requirement } from '../advice/index.ts';
import type { Estimate } from '../evidence/index.ts';
import { significant, whole, withUnit } from '../numbers/index.ts';

/** A requirement's figure, as it is called. */
export function figureName(requirement: Requirement): string {
  switch (requirement.kind) {
    case 'rate':
      return 'rate';
    case 'latency':
      return `p${requirement.percentile}`;
    case 'recovery':
      return 'first output after SIGKILL';
    case 'cost':
      return 'CPU per million events';
  }
}

/** A value in the unit of its requirement. */
export function valueText({ kind }: Pick<Requirement, 'kind'>, value: number): string {
  switch (kind) {
    case 'rate':
      return `${whole(value)}/s`;
    case 'latency':
    case 'recovery':
      return withUnit('ms', value);
    case 'cost':
      return `${significant(value)} s`;
  }
}

/** `p99 at most 100 ms`. */
export function limitText(requirement: Requirement): string {
  const bound = requirement.kind === 'rate' ? 'at least' : 'at most';
  return `${figureName(requirement)} ${bound} ${valueText(requirement, requirement.limit)}`;
}

/** The range that covers the median; of one value none is known. */
export function rangeText(requirement: Pick<Requirement, 'kind'>, { low, high, count }: Estimate): string {
  if (count === 1) return 'one run';
  return `${valueText(requirement, low)} to ${valueText(requirement, high)}`;
}

/** 20.4 times; below 1 to three digits. */
export const timesText = (ratio: number): string => `${significant(ratio)} times`;
