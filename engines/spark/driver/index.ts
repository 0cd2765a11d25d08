export { classArchiveOptions } from './class-archive.ts';
export { driverLauncher } from './launcher.ts';
export { masterAddresses, reachMaster } from './reach-master.ts';
