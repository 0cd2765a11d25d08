export { anyLog } from './any-log.ts';
export { deliver } from './deliver.ts';
export { type Model, modelOf } from './naive-models.ts';
