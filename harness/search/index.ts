export { searchErrors } from './errors.ts';
export { binOfWholeCycles } from './lag-trend.ts';
export { type ProbeFigures, probeFigures } from './probe-figures.ts';
export { type SearchOptions, searchSustainable } from './search-sustainable.ts';
export { reasonsAgainst, type Slo } from './sustainability.ts';
