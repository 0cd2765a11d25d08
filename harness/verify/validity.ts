import type { Distribution, Remark } from '../../reports/model/index.ts';

export interface ValidityInput {
  readonly offeredRatePerSecond: number;
  readonly achievedRatePerSecond: number;
  readonly sent: number;
  readonly acknowledged: number;
  readonly stored: number;
  readonly negativeSamples: number;
  readonly latency: Distribution;
  readonly generatorLag: Distribution;
}

/** What makes a run's figures worthless (`invalid`), or worth a second look (`warning`): measurement.md section 3. */
export function judgeValidity(input: ValidityInput): Remark[] {
  const remarks: Remark[] = [];
  const refuse = (code: string, message: string): void =>
    void remarks.push({ code, message, level: 'invalid' });
  if (input.achievedRatePerSecond < 0.95 * input.offeredRatePerSecond) {
    refuse(
      'RUN_RATE_NOT_HELD',
      `Replay offered ${Math.round(input.offeredRatePerSecond)}/s and managed ${Math.round(input.achievedRatePerSecond)}/s; lower --rate.`,
    );
  }
  if (input.acknowledged !== input.sent || input.stored !== input.sent) {
    refuse(
      'RUN_ACKED_NOT_STORED',
      `Sent ${input.sent}, acknowledged ${input.acknowledged}, stored ${input.stored} records.`,
    );
  }
  if (input.negativeSamples > 0) {
    refuse(
      'RUN_NEGATIVE_LATENCY',
      `${input.negativeSamples} outputs were seen before their input was due: a clock is wrong.`,
    );
  }
  const lagP99Us = input.generatorLag.p99 ?? input.generatorLag.max ?? 0;
  const limitUs = Math.max(1_000, 0.05 * (input.latency.p99 ?? 0));
  if (lagP99Us > limitUs) {
    remarks.push({
      code: 'RUN_GENERATOR_LAG',
      message: `Replay sent late: p99 ${(lagP99Us / 1_000).toFixed(1)} ms (limit ${(limitUs / 1_000).toFixed(1)} ms). The latency contains it.`,
      level: 'warning',
    });
  }
  return remarks;
}
