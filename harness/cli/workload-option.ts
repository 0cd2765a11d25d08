import { isModulePath, WORKLOAD_NAMES } from '../../workloads/index.ts';
import { optionValues } from './option-values.ts';

/** Help text of `--workload` where it takes several. */
export const WORKLOADS_HELP = `${WORKLOAD_NAMES.join(', ')}, all of these, or ./PATH of a module with your own; several with commas`;

/**
 * Makes the parser of a command's option that names workloads: built-in names, `all` for all of these, and paths of one's own modules, by
 * commas. The paths are tried when the workloads are loaded.
 *
 * @throws HARNESS_OPTION_INVALID from the parser
 */
export function workloadReferences(command: string, option = '--workload'): (text: string) => string[] {
  const builtIn = optionValues(command).choices(option, WORKLOAD_NAMES);
  return (text) => {
    const references = text.split(',').flatMap((part) => {
      const reference = part.trim();
      return isModulePath(reference) ? [reference] : builtIn(reference);
    });
    return [...new Set(references)];
  };
}
