export { plantedResults } from './planted-history.ts';
