import { defineErrors } from '../../errors/index.ts';

/** Errors of recording a topic. */
export const recordErrors = defineErrors({
  RECORD_KEY_NO_TEXT: {
    message: 'The key of the record at offset {offset} of {topic}, partition {partition}, is no UTF-8.',
    hint: 'Record with --anonymise-keys: a pseudonym is made of any bytes.',
    exit: 'usage',
  },
  RECORD_NOTHING: {
    message: 'There was nothing to record in {topic}.',
    hint: 'Record --from beginning, or --from end for a longer --duration while records arrive.',
    exit: 'usage',
  },
  RECORD_TOO_LARGE: {
    message: 'The recording would hold more than {most} of values, more than one log can.',
    hint: 'Record less, with --max-records or --duration.',
    exit: 'usage',
  },
  RECORD_SECRET_UNUSABLE: {
    message: 'The secret in {path} cannot be used: {problem}',
    hint: 'Give a file with at least 16 bytes that nobody can guess: `head -c 32 /dev/urandom > secret`.',
    exit: 'usage',
  },
});
