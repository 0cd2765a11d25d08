import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runCommandLine } from '../harness/cli/testing/index.ts';

const README = resolve(import.meta.dirname, '..', 'README.md');

/** A quotation: the command and how many lines of its output stand below; then the block that holds them. */
const QUOTATION =
  /<!-- output of `npx crosscurrent (?<command>[^`]+)`, (?<lines>\d+) lines -->\n\n```text\n.*?```/gs;

/** The last line of a quotation that ends before the output does. */
const MORE = '…';

/**
 * A text with each quoted output as its command prints it now.
 *
 * @throws Error where a command fails, since a reader could not repeat it
 */
export async function withOutputs(text: string): Promise<string> {
  const filled = new Map<string, string>();
  for (const { 0: whole, groups } of text.matchAll(QUOTATION)) {
    const { command = '', lines = '' } = groups ?? {};
    const { exitCode, stdout, stderr } = await runCommandLine(command.split(' '));
    if (exitCode !== 0) throw new Error(`crosscurrent ${command} ended with ${exitCode}:\n${stderr}`);
    const output = stdout.trimEnd().split('\n');
    const shown = output.slice(0, Number(lines));
    const quoted = [
      `$ npx crosscurrent ${command}`,
      ...shown,
      ...(shown.length < output.length ? [MORE] : []),
    ];
    const mark = whole.slice(0, whole.indexOf('\n'));
    filled.set(whole, `${mark}\n\n\`\`\`text\n${quoted.join('\n')}\n\`\`\``);
  }
  return text.replaceAll(QUOTATION, (whole) => filled.get(whole) ?? whole);
}

/** What stands in README.md now. */
export const writtenReadme = (): string => readFileSync(README, 'utf8');

if (import.meta.main) writeFileSync(README, await withOutputs(writtenReadme()));
