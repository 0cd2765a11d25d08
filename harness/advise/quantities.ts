import { adviseErrors } from './errors.ts';

const FACTORS: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6 };

/**
 * A number as people write large ones: 20000, 20k, 1e6, 1.5M; thousands may be set apart by `_`.
 *
 * @returns null for what is no number
 */
export function quantityOf(text: string): number | null {
  const [, digits, factor = ''] = /^(\d[\d_]*(?:\.\d+)?(?:e\d{1,2})?)\s*([km]?)$/i.exec(text.trim()) ?? [];
  if (digits === undefined) return null;
  // 20k is 20 x 1,000 to the last digit, 1.1M is not in binary fractions.
  const value = Number(digits.replaceAll('_', '')) * (FACTORS[factor.toLowerCase()] as number);
  return Number(value.toPrecision(12));
}

/**
 * Makes the parser of an option that takes a quantity from `least` to `most`.
 *
 * @throws ADVISE_NUMBER_INVALID from the parser
 */
export function quantityOption(
  option: string,
  range: { readonly least: number; readonly most: number; readonly whole?: boolean },
): (text: string) => number {
  const { least, most, whole = false } = range;
  return (text) => {
    const value = quantityOf(text.replace(/\/s$/, ''));
    if (value !== null && value >= least && value <= most && (!whole || Number.isInteger(value)))
      return value;
    const wanted = `a ${whole ? 'whole ' : ''}number from ${least} to ${most}`;
    throw adviseErrors.error('ADVISE_NUMBER_INVALID', { option, text, wanted });
  };
}

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, min: 60_000 };

/** A time in ms, s or min, in milliseconds; null for what is none. A unit is needed. */
export function durationMsOf(text: string): number | null {
  const [, value, unit] = /^(\d+(?:\.\d+)?)\s*(ms|s|min)$/.exec(text.trim()) ?? [];
  return value === undefined || unit === undefined ? null : Number(value) * (UNITS_MS[unit] as number);
}
