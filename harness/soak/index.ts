export { likelySoakMs } from './duration.ts';
export { renderSoak } from './render-text.ts';
export { soak, soakExitReason } from './session.ts';
export { SOAK_FILE_NAME } from './soak-result.ts';
