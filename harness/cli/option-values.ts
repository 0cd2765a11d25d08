import type { CrosscurrentError } from '../../errors/index.ts';
import { harnessErrors } from '../errors.ts';

/** Makes the parsers of one command's option values; each throws HARNESS_OPTION_INVALID with the option and the problem. */
export function optionValues(command: string) {
  const refuse = (option: string, problem: string): CrosscurrentError =>
    harnessErrors.error('HARNESS_OPTION_INVALID', { option, problem, command });
  const number = (
    option: string,
    text: string,
    isRight: (value: number) => boolean,
    wanted: string,
  ): number => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value) || !isRight(value)) {
      throw refuse(option, `"${text}" is not ${wanted}.`);
    }
    return value;
  };
  return {
    /** A whole number of at least `least` and at most `most`. */
    whole:
      (option: string, least: number, most = Number.MAX_SAFE_INTEGER) =>
      (text: string): number =>
        number(
          option,
          text,
          (value) => Number.isSafeInteger(value) && value >= least && value <= most,
          `a whole number from ${least} to ${most}`,
        ),
    atLeast:
      (option: string, least: number, most: number) =>
      (text: string): number =>
        number(option, text, (value) => value >= least && value <= most, `a number from ${least} to ${most}`),
    share:
      (option: string) =>
      (text: string): number =>
        number(option, text, (value) => value >= 0 && value <= 1, 'a share from 0 to 1'),
    /** One or more of a closed list, by commas; `all` is the whole list. */
    choices:
      <T extends string>(option: string, known: readonly T[]) =>
      (text: string): T[] => {
        if (text === 'all') return [...known];
        const names = text.split(',').map((name) => name.trim());
        for (const name of names) {
          if (!known.includes(name as T))
            throw refuse(option, `"${name}" is not one of ${known.join(', ')}.`);
        }
        return [...new Set(names)] as T[];
      },
    /** name=value, gathered over repetitions. */
    setting:
      (option: string) =>
      (text: string, before: Record<string, string> = {}): Record<string, string> => {
        const at = text.indexOf('=');
        if (at < 1) throw refuse(option, `"${text}" is not name=value.`);
        return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
      },
  };
}
