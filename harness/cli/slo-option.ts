import { harnessErrors } from '../errors.ts';

/** The percentiles that a distribution keeps. */
const PERCENTILES = ['50', '90', '99', '99.9'];
const LONGEST_MS = 60_000;

/** A latency objective: at most 100 - percentile % of the inputs may take longer than the limit. */
export interface SloOption {
  readonly percentile: number;
  readonly limitMs: number;
}

/**
 * Makes the parser of `--slo` for a command: a percentile, and a limit in ms or s, as in p99=500ms.
 *
 * @throws HARNESS_OPTION_INVALID
 */
export function sloOption(command: string): (text: string) => SloOption {
  return (text) => {
    const refuse = (problem: string): Error =>
      harnessErrors.error('HARNESS_OPTION_INVALID', { option: '--slo', problem, command });
    const [, percentile, limit, unit] = /^p([\d.]+)=([\d.]+)(ms|s)$/.exec(text.trim()) ?? [];
    if (percentile === undefined || !PERCENTILES.includes(percentile)) {
      const known = PERCENTILES.map((name) => `p${name}`).join(', ');
      throw refuse(`"${text}" is not a percentile (${known}) and a limit, as in p99=500ms or p99.9=2s.`);
    }
    const limitMs = Number(limit) * (unit === 's' ? 1_000 : 1);
    if (!(limitMs > 0 && limitMs <= LONGEST_MS)) {
      throw refuse(`the limit of "${text}" is not above 0 and up to ${LONGEST_MS / 1_000} s.`);
    }
    return { percentile: Number(percentile), limitMs };
  };
}
