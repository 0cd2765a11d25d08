export { isFailure, outcomeSentence, placeOf, rowWording } from './wording.ts';
