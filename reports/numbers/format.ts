/** A number with three significant digits, thousands separated, never in exponent form: 0.00421, 18.3, 742, 12,300. */
export function significant(value: number): string {
  if (value === 0) return '0';
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  if (magnitude >= 2) {
    const step = 10 ** (magnitude - 2);
    return whole(Math.round(value / step) * step);
  }
  const text = value.toFixed(Math.min(12, 2 - magnitude));
  // 9.996 rounds up to 10.00, one digit too many.
  const digits = text.replace(/^-?0*\.?0*/, '').replace('.', '').length;
  return digits > 3 ? text.slice(0, -1).replace(/\.$/, '') : text;
}

/** A count, exact, thousands separated. */
export function whole(value: number): string {
  return Math.round(value)
    .toString()
    .replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** A share as a percentage with one digit behind the point: 99.4 %. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** Bytes in the decimal unit that fits: 48 kB, 1.31 MB. */
export function bytes(value: number): string {
  if (value >= 1e9) return `${significant(value / 1e9)} GB`;
  if (value >= 1e6) return `${significant(value / 1e6)} MB`;
  return value >= 1e3 ? `${significant(value / 1e3)} kB` : `${whole(value)} B`;
}

/** A share as a percentage with at most two digits: 7 %, 0.4 %, 41 %. */
export function sharePercent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}
