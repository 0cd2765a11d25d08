export { entryClassOf } from './job-plan.ts';
export { taskManagerLauncher } from './launcher.ts';
