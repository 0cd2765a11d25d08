export { describeMachine } from './machine.ts';
export { describeTool } from './tool.ts';
export { describeVersions } from './versions.ts';
