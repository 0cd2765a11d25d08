import { defineErrors } from '../../errors/index.ts';

/** Errors of running golden vector files. */
export const conformanceErrors = defineErrors({
  CONFORMANCE_FILE_MISSING: {
    message: 'There is no vector file {file}.',
    hint: 'Give the path of a .jsonl vector file, or none for those in engines/conformance/golden.',
    exit: 'usage',
  },
  CONFORMANCE_LINE_BROKEN: {
    message: '{file}, line {line}: {problem}',
    hint: 'Each line must be one whole JSON object as engines/conformance/golden/README.md describes. Was the file cut short?',
    exit: 'usage',
  },
  CONFORMANCE_FILE_UNKNOWN: {
    message: '{file} holds no vectors that an engine here could run: {problem}',
    hint: 'The formats stand in engines/conformance/golden/README.md: {known}.',
    exit: 'usage',
  },
});
