export { CrashingFileSystem, type UnsyncedFate } from './crashing-file-system.ts';
