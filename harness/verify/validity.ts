import type { ErrorDetails } from '../../errors/index.ts';
import type { Distribution, LatencyRun, MachineUse, Remark } from '../../reports/model/index.ts';
import { validityErrors } from './errors.ts';

/** Limits beyond which a run prints no number, and marks. Sources: measurement.md section 3. */
const VALIDITY_LIMITS = {
  achievedShare: 0.95,
  generatorLagUs: 1_000,
  generatorLagShareOfP99: 0.05,
  /** A floor holds the generator itself: it is refused where most of it would be the generator's lag. */
  generatorLagShareOfFloor: 0.5,
  brokerStallMs: 1_000,
  clockResolutionUs: 50,
  foreignCpuShare: 0.2,
  ceilingShare: 0.8,
} as const;

/** What is known of a run beside the engine's own doing. */
export interface ValidityInput {
  readonly offeredRatePerSecond: number;
  readonly achievedRatePerSecond: number;
  readonly sent: number;
  readonly acknowledged: number;
  readonly stored: number;
  readonly longestUnacknowledgedMs: number;
  /** Latency samples in the whole run: as the oracle calls for, and as taken. */
  readonly expectedSamples: number;
  readonly samples: number;
  readonly negativeSamples: number;
  readonly latency: Distribution;
  /** Of the measured stretch. */
  readonly generatorLag: Distribution;
  /** Whether an engine is measured, or what stands around it. */
  readonly of: 'engine' | 'floor';
  readonly clockResolutionUs: number;
  readonly machineUse: MachineUse | null;
  /** Records a second through the driver over its ceiling; null where the ceiling is not known. */
  readonly ceilingShare: number | null;
  readonly warmupEndedBy: NonNullable<LatencyRun['figures']>['warmupEndedBy'];
  readonly warmupMs: number;
}

/** What makes a run's figures worthless (`invalid`), or worth a second look (`warning`). */
export function judgeValidity(input: ValidityInput): Remark[] {
  return [...driverRemarks(input), ...sampleRemarks(input), ...machineRemarks(input), ...marks(input)];
}

/** What makes a drain's figures worthless or a second look worth: there is no generator to judge. */
export function judgeDrain(
  input: Pick<
    ValidityInput,
    'expectedSamples' | 'samples' | 'clockResolutionUs' | 'machineUse' | 'ceilingShare'
  >,
): Remark[] {
  const { ceilingShare } = input;
  return [
    ...sampleRemarks({ ...input, negativeSamples: 0 }),
    ...machineRemarks(input),
    ...driverBoundRemarks(ceilingShare),
  ];
}

/** A row of the table as a remark: refusals exit with 6, the others are marks. */
export function validityRemark(
  code: Parameters<typeof validityErrors.error>[0],
  details: ErrorDetails,
): Remark {
  const { message, hint, exit } = validityErrors.error(code, details);
  return { code, message: `${message} ${hint}`, level: exit === 'invalid' ? 'invalid' : 'warning' };
}

/** `RUN_DRIVER_BOUND` where records a second come near the ceiling: shown, and not ranked. */
function driverBoundRemarks(ceilingShare: number | null): Remark[] {
  if (ceilingShare === null || ceilingShare <= VALIDITY_LIMITS.ceilingShare) return [];
  const details = {
    share: Math.round(100 * ceilingShare),
    limit: Math.round(100 * VALIDITY_LIMITS.ceilingShare),
  };
  return [validityRemark('RUN_DRIVER_BOUND', details)];
}

function driverRemarks(input: ValidityInput): Remark[] {
  const remarks: Remark[] = [];
  const { offeredRatePerSecond, achievedRatePerSecond, sent, acknowledged, stored } = input;
  if (achievedRatePerSecond < VALIDITY_LIMITS.achievedShare * offeredRatePerSecond) {
    remarks.push(
      validityRemark('RUN_RATE_NOT_HELD', {
        offeredPerSecond: Math.round(offeredRatePerSecond),
        achievedPerSecond: Math.round(achievedRatePerSecond),
      }),
    );
  }
  if (acknowledged !== sent || stored !== sent) {
    remarks.push(validityRemark('RUN_ACKED_NOT_STORED', { sent, acknowledged, stored }));
  }
  const stalledMs = Math.round(input.longestUnacknowledgedMs);
  if (stalledMs > VALIDITY_LIMITS.brokerStallMs) {
    remarks.push(validityRemark('RUN_BROKER_STALLED', { stalledMs, limitMs: VALIDITY_LIMITS.brokerStallMs }));
  }
  const lagP99Us = input.generatorLag.p99 ?? input.generatorLag.max ?? 0;
  const lagShare =
    input.of === 'floor' ? VALIDITY_LIMITS.generatorLagShareOfFloor : VALIDITY_LIMITS.generatorLagShareOfP99;
  // The latency contains the lag, so what matters is how much of the figure it can be: the larger of the two limits holds.
  const limitUs = Math.max(VALIDITY_LIMITS.generatorLagUs, lagShare * (input.latency.p99 ?? 0));
  if (lagP99Us > limitUs) {
    const details = {
      lagMs: (lagP99Us / 1_000).toFixed(1),
      limitMs: (limitUs / 1_000).toFixed(1),
      sharePercent: 100 * lagShare,
    };
    remarks.push(validityRemark('RUN_GENERATOR_LAG', details));
  }
  return remarks;
}

type SampleCounts = Pick<ValidityInput, 'expectedSamples' | 'samples' | 'negativeSamples'>;

function sampleRemarks({ expectedSamples, samples, negativeSamples }: SampleCounts): Remark[] {
  const remarks: Remark[] = [];
  if (samples !== expectedSamples) {
    remarks.push(validityRemark('RUN_SAMPLE_COUNT', { expected: expectedSamples, samples }));
  }
  if (negativeSamples > 0) remarks.push(validityRemark('RUN_NEGATIVE_LATENCY', { samples: negativeSamples }));
  return remarks;
}

type MachineFacts = Pick<ValidityInput, 'clockResolutionUs' | 'machineUse'>;

function machineRemarks({ clockResolutionUs, machineUse }: MachineFacts): Remark[] {
  const remarks: Remark[] = [];
  if (clockResolutionUs > VALIDITY_LIMITS.clockResolutionUs) {
    const limitUs = VALIDITY_LIMITS.clockResolutionUs;
    remarks.push(validityRemark('RUN_CLOCK_TOO_COARSE', { resolutionUs: clockResolutionUs, limitUs }));
  }
  const takenShare = (machineUse?.foreignCpuShare ?? 0) + (machineUse?.stolenCpuShare ?? 0);
  if (takenShare > VALIDITY_LIMITS.foreignCpuShare) {
    const limit = Math.round(100 * VALIDITY_LIMITS.foreignCpuShare);
    remarks.push(validityRemark('RUN_MACHINE_BUSY', { share: Math.round(100 * takenShare), limit }));
  }
  return remarks;
}

function marks({ ceilingShare, warmupEndedBy, warmupMs }: ValidityInput): Remark[] {
  const neverSteady =
    warmupEndedBy === 'maximum'
      ? [validityRemark('RUN_NEVER_STEADY', { warmupMs: Math.round(warmupMs) })]
      : [];
  return [...driverBoundRemarks(ceilingShare), ...neverSteady];
}
