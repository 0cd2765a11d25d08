export { answer } from './answer.ts';
export { aboutOf, MOST_KEYS, runsAgain } from './cells.ts';
export { adviseErrors } from './errors.ts';
export { needsOf } from './needs.ts';
export { ESTATES, type GivenOptions, objectiveOf, parseRate } from './objective.ts';
export { durationMsOf, quantityOption } from './quantities.ts';
export { type Conversation, conversationOn } from './questions.ts';
export { verificationOf } from './verification.ts';
