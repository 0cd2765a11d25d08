export type { AdviceReport, Measurement, Verification } from './advice-report.ts';
export { limitText, rangeText, timesText, valueText } from './quantities.ts';
export {
  basisText,
  CONFIDENCE_WORDS,
  configurationText,
  headline,
  objectiveText,
  rejectionText,
  verificationText,
  weaknessText,
} from './sentences.ts';
