import { defineErrors } from '../../errors/index.ts';

/** Errors of matrix files and of continuing a matrix. */
export const matrixErrors = defineErrors({
  MATRIX_FILE_UNREADABLE: {
    message: 'Cannot read the matrix file {path}: {reason}',
    hint: 'Give the path of a YAML or JSON file; `npx crosscurrent matrix --print-example` prints one to begin with.',
    exit: 'usage',
  },
  MATRIX_FILE_INVALID: {
    message: 'The matrix file {path} is wrong at {place}: {reason}',
    hint: '`npx crosscurrent matrix --print-example` prints a file with every field explained, `--print-schema` the JSON Schema for your editor.',
    exit: 'usage',
  },
  MATRIX_EMPTY: {
    message: 'The matrix file {path} asks for no run at all: {reason}',
    hint: 'Add an engine that a profile names, or a measure.',
    exit: 'usage',
  },
  MATRIX_CHANGED: {
    message: 'The folder {folder} holds a result that this matrix cannot continue: {reason}',
    hint: 'Give another folder with --out, or add --restart to throw that result away and begin anew.',
    exit: 'usage',
  },
});
