import { defineErrors } from '../../errors/index.ts';

/** What can be wrong with a result file. */
export const resultFileErrors = defineErrors({
  REPORT_FILE_MISSING: {
    message: 'There is no result file at {path}.',
    hint: 'Give the path of a result.json, or of the folder that holds it; `crosscurrent run --out DIR` writes one.',
    exit: 'usage',
  },
  REPORT_FILE_UNREADABLE: {
    message: 'The result file {path} could not be read: {reason}.',
    hint: 'Check that it is a regular file and that you may read it.',
    exit: 'usage',
  },
  REPORT_FILE_TRUNCATED: {
    message:
      'The result file {path} ends in the middle: it holds {characters} characters of an unfinished document.',
    hint: 'It was cut short by a copy or a full disk (a result is written under another name and then renamed). Copy it again, or run the benchmark again.',
    exit: 'usage',
  },
  REPORT_FILE_NOT_JSON: {
    message: 'The file {path} is not JSON: {reason}.',
    hint: 'Give a result.json written by `crosscurrent run`.',
    exit: 'usage',
  },
  REPORT_FILE_NOT_A_RESULT: {
    message: 'The file {path} is no Crosscurrent result: {reason}.',
    hint: 'Give a result.json written by `crosscurrent run`; docs/result.schema.json describes its form.',
    exit: 'usage',
  },
  REPORT_FILE_OTHER_KIND: {
    message: 'The file {path} is no result of runs but a document of kind {kind}.',
    hint: 'Give a result.json written by `crosscurrent run`; the command that wrote this file reads it.',
    exit: 'usage',
  },
  REPORT_VERSION_UNKNOWN: {
    message: 'The result file {path} has schema version {found}; this program reads version {supported}.',
    hint: 'Read it with the version of Crosscurrent that wrote it (its commit stands under `tool` in the file), or run the benchmark again with this one.',
    exit: 'usage',
  },
});
