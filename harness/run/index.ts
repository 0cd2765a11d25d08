export { PIPELINES, pipelineNamed, VECTOR_RUNNERS } from './engines.ts';
export { exitReasonOf } from './exit-reason.ts';
export { type CellPlan, MEASURES, type Measure } from './plan.ts';
export { cellDefaults, PRESET_NAMES, type PresetName, presetCells } from './presets.ts';
export { runSession } from './session.ts';
