export { driverLauncher } from './launcher.ts';
