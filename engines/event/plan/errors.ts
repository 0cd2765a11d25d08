import { defineErrors } from '../../../errors/index.ts';

export const operatorErrors = defineErrors({
  EVENT_OPERATOR_UNSUPPORTED: {
    message: 'The event-driven engine has no operator for this dataflow: {reason}.',
    hint: 'After keyBy use an aggregate with emit "changes", a window and an aggregate with emit "final" or a window function, a keyedProcess, or a pattern.',
    exit: 'usage',
  },
});
