export { classArchiveOptions } from './class-archive.ts';
export { MODULE_OPTIONS } from './command-line.ts';
export { driverLauncher } from './launcher.ts';
export { masterAddresses, reachMaster } from './reach-master.ts';
