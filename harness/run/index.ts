export { DEFAULT_ATTEMPTS } from './attempts.ts';
export { PIPELINES, pipelineNamed, VECTOR_RUNNERS } from './engines.ts';
export { exitReasonOf } from './exit-reason.ts';
export { describeTool } from './fingerprint/index.ts';
export { interleave, type PlannedRun } from './interleave.ts';
export { type CellPlan, GUARANTEES, MEASURES, type Measure } from './plan.ts';
export { cellDefaults, PRESET_NAMES, type PresetName, presetCells } from './presets.ts';
export { runSession } from './session.ts';
