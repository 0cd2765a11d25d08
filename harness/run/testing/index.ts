export { onStage, type Stage } from '../stage.ts';
export { verifyStage } from '../verify-stage.ts';
export { type OpenContext, openContext } from './open-context.ts';
export { verifiedSession } from './verified-session.ts';
