export { existingClusterLauncher } from './existing-launcher.ts';
export { entryClassOf } from './job-plan.ts';
export { taskManagerLauncher } from './launcher.ts';
