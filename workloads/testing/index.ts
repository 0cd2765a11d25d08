export { anyLog } from './any-log.ts';
export { type Delivery, deliver } from './deliver.ts';
export { type Model, modelOf } from './naive-models.ts';
