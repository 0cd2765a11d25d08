export { lastOfEach } from './compare-outputs.ts';
export { type OutputRecord, outputRecord, recordText } from './output-record.ts';
export { type PlayedLog, playLog } from './play-log.ts';
export { readOutput } from './read-output.ts';
export { renderCompared, renderConclusion } from './render-text.ts';
export { resultRules } from './result-rules.ts';
export { differ } from './session.ts';
