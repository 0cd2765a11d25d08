export { goldenFiles } from './golden-files.ts';
export { runVectorFile, type VectorFileReport } from './vector-file.ts';
