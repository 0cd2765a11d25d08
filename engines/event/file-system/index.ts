export type { FileSystem, OpenFile } from './file-system.ts';
export { nodeFileSystem } from './node-file-system.ts';
export { copyFile, readText, readUpTo, replaceText, writeAll } from './whole-file.ts';
