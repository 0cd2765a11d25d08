import { defineErrors } from '../../../errors/index.ts';

export const asyncErrors = defineErrors({
  EVENT_ASYNC_CALL_FAILED: {
    message: 'The call of an asyncMap failed at each of {attempts} attempts, the last time so: {reason}.',
    hint: 'Look at what the call asks for; raise timeoutMs or retry.attempts, or say with orElse what follows a row whose call fails.',
    exit: 'crash',
  },
});
