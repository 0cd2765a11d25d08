import type { Command } from 'commander';
import type { CrosscurrentError } from '../../../errors/index.ts';
import { harnessErrors } from '../../errors.ts';

/** The outputs of a comparison. */
const FORMATS = ['text', 'markdown', 'json', 'junit', 'github', 'html', 'hgrm'] as const;
type Format = (typeof FORMATS)[number];

/** One `--format`: what to make, and the file or folder it goes to; null is stdout. */
export interface ChosenFormat {
  readonly format: Format;
  readonly path: string | null;
}

/** The options that `addFormatOption` adds, as commander hands them over. */
export interface FormatOptions {
  /** Absent where none was given: text. */
  readonly format?: readonly ChosenFormat[];
}

/** Adds the repeatable `--format name[=path]`. */
export function addFormatOption(command: Command): Command {
  return command.option(
    '--format <name[=path]>',
    `what to make, repeatable: ${FORMATS.join(', ')}; without a path it goes to stdout (default: text). github: annotations there, the summary to $GITHUB_STEP_SUMMARY; hgrm: a folder`,
    parserOf(command.name()),
  );
}

/** Adds one more of the option's values to those before it; throws HARNESS_OPTION_INVALID. */
function parserOf(command: string) {
  const refuse = (problem: string): CrosscurrentError =>
    harnessErrors.error('HARNESS_OPTION_INVALID', { option: '--format', problem, command });
  return (text: string, before: readonly ChosenFormat[] = []): readonly ChosenFormat[] => {
    const at = text.indexOf('=');
    const name = at < 0 ? text : text.slice(0, at);
    const path = at < 0 ? null : text.slice(at + 1);
    const format = FORMATS.find((known) => known === name);
    if (format === undefined) throw refuse(`"${name}" is not one of ${FORMATS.join(', ')}.`);
    if (path === '') throw refuse(`"${text}" has no path behind the =.`);
    if (format === 'hgrm' && path === null) throw refuse('hgrm makes files; give their folder: hgrm=FOLDER.');
    const chosen = [...before, { format, path }];
    const shown = chosen.filter((each) => each.path === null);
    const document = shown.find((each) => DOCUMENTS.includes(each.format));
    if (document !== undefined && shown.length > 1) {
      throw refuse(
        `${document.format} shares stdout with another format; give one of them a path: ${document.format}=FILE.`,
      );
    }
    return chosen;
  };
}

/** Formats that a program reads, which nothing may stand beside. */
const DOCUMENTS: readonly Format[] = ['json', 'junit', 'html'];
