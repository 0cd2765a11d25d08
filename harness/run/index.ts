export { DEFAULT_ATTEMPTS, repeatsOf } from './attempts.ts';
export type { Clusters } from './clusters.ts';
export { untilDrained } from './completeness.ts';
export type { RunContext } from './context.ts';
export { cycleMsOf } from './cycle.ts';
export {
  EMBEDDED_ENGINES,
  EXPLAINERS,
  type Explainer,
  pipelineNamed,
  pipelinesOn,
  printFlinkVectors,
  printSparkVectors,
  REAL_ENGINES,
  VECTOR_RUNNERS,
} from './engines.ts';
export { roughly } from './estimate.ts';
export { exitReasonOf } from './exit-reason.ts';
export { fillAndWarmUp } from './fill.ts';
export { describeTool } from './fingerprint/index.ts';
export { interleave, type PlannedRun } from './interleave.ts';
export type { LiveEvent, LiveFigures, LiveListener, LivePhase } from './live-event.ts';
export { newResult } from './new-result.ts';
export { openContext } from './open-context.ts';
export { paceOf, warmupFor } from './pace.ts';
export { type CellPlan, GUARANTEES, MEASURES, type Measure } from './plan.ts';
export { type LivePlay, play } from './play.ts';
export { cellDefaults, PRESET_NAMES, type PresetName, presetCells } from './presets.ts';
export { recoveryMs } from './recovery-plan.ts';
export { requireRunnable, requireUsableKafka } from './require-runnable.ts';
export {
  plannedSessionMs,
  prepareEngines,
  runFloors,
  runSession,
  runsLeft,
  type SessionOptions,
} from './session.ts';
export { settingsOf } from './settings-sheet.ts';
export { onStage, type Stage } from './stage.ts';
export { SUSTAIN_DEFAULTS, type SustainPlan, sustainDefaultsFor } from './sustain-plan.ts';
export { verifyStage } from './verify-stage.ts';
