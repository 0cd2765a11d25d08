import type { SustainRun, SustainStep } from '../../reports/model/index.ts';

type Figures = NonNullable<SustainRun['figures']>;

/** One step of a search as a line of progress. */
export function describeStep(step: SustainStep, number: number, atMostLeft: number): string {
  const { ratePerSecond, purpose, verdict, reasons, p99Us, lagSlopePerSecond, drainMs } = step;
  const measured = [
    p99Us === null ? null : `p99 ${(p99Us / 1_000).toFixed(1)} ms`,
    lagSlopePerSecond === null ? null : `lag ${signed(lagSlopePerSecond)} records/s`,
    drainMs === null ? null : `drained in ${Math.round(drainMs)} ms`,
  ].filter((text) => text !== null);
  const why = reasons.length === 0 ? '' : `: ${reasons.join('; ')}`;
  return `probe ${number} (${purpose}) ${rate(ratePerSecond)}: ${[...measured, `${verdict}${why}`].join(', ')} (at most ${atMostLeft} more)`;
}

/** How a search ended, as a line of progress. */
export function describeBracket({
  sustainablePerSecond,
  bracket,
  limitedBy,
  confirmations,
  steps,
}: Figures): string {
  const answer =
    sustainablePerSecond === null
      ? 'no sustainable rate'
      : `sustainable: ${rate(sustainablePerSecond)}, held ${confirmations} times`;
  const holds = bracket.holds === null ? 'no rate holds' : `${rate(bracket.holds)} holds`;
  const fails = bracket.fails === null ? 'none fails' : `${rate(bracket.fails)} does not`;
  return `${answer}; bracket: ${holds}, ${fails}; limited by the ${limitedBy}, ${steps.length} probes`;
}

export function rate(perSecond: number): string {
  return `${perSecond.toLocaleString('en-US')}/s`;
}

function signed(value: number): string {
  const whole = Math.round(value);
  return whole > 0 ? `+${whole}` : String(whole);
}
