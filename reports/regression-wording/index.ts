export { isFailure, outcomeSentence, placeOf, rowWording, signedPercent } from './wording.ts';
