export { comparisonExitCode } from './exit-code.ts';
export { addFormatOption, type FormatOptions } from './format-option.ts';
export { showComparison } from './show-comparison.ts';
