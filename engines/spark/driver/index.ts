export { classArchiveOptions } from './class-archive.ts';
export { driverLauncher } from './launcher.ts';
export { reachMaster } from './reach-master.ts';
