import { expect, test } from 'vitest';
import { withOutputs, writtenReadme } from './generate-readme.ts';

const quotation = (command: string, lines: number, text: string) =>
  `before\n\n<!-- output of \`npx crosscurrent ${command}\`, ${lines} lines -->\n\n\`\`\`text\n${text}\`\`\`\n\nafter\n`;

test('the first screen of README quotes what its command prints (`node docs/generate-readme.ts`)', async () => {
  const readme = writtenReadme();
  expect(readme.slice(0, readme.indexOf('\n## '))).toMatch(/<!-- output of `npx crosscurrent advise /);
  expect(await withOutputs(readme)).toBe(readme);
});

test('an output that is longer than its quotation is cut after the lines that are asked for', async () => {
  expect(await withOutputs(quotation('--help', 1, 'old\n'))).toBe(
    quotation('--help', 1, '$ npx crosscurrent --help\nUsage: crosscurrent [options] [command]\n…\n'),
  );
});

test('a command that fails is not quoted', async () => {
  await expect(withOutputs(quotation('advise --slo soon', 1, ''))).rejects.toThrow('ended with 2');
});
