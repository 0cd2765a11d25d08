import { defineErrors } from '../../../errors/index.ts';

export const vectorErrors = defineErrors({
  PIPELINE_VECTOR_INVALID: {
    message: 'The vector case {id} is not of the format of {file}: {reason}',
    hint: 'Check the line against engines/conformance/golden/README.md; a file that was cut short or edited by hand is not usable.',
    exit: 'usage',
  },
});
