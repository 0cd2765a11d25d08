import { expect, test } from 'vitest';
import { sustainCommand } from './commands/sustain.ts';
import type { Terminal } from './terminal.ts';

function commandWith(written: string[]): ReturnType<typeof sustainCommand> {
  const write = (text: string): void => void written.push(text);
  const terminal: Terminal = { result: write, note: write, progress: write, colour: false };
  return sustainCommand(terminal, () => undefined)
    .exitOverride()
    .configureOutput({ writeOut: write });
}

test.each([
  ['an objective that is none', ['--slo', 'fast'], '--slo'],
  ['a percentile that no distribution keeps', ['--slo', 'p95=1s'], '--slo'],
  ['a start above the range', ['--from', '5000', '--highest', '4000'], '--from'],
  ['a start below the range', ['--from', '5', '--lowest', '10'], '--from'],
  ['a range that holds nothing', ['--lowest', '5000', '--highest', '4000'], '--from'],
  ['a probe too short to show a trend', ['--probe', '1'], '--probe'],
  ['a probe too long for its highest rate', ['--probe', '60'], '--probe'],
  ['a precision of nothing', ['--precision', '0'], '--precision'],
  ['no probe at all', ['--probes', '0'], '--probes'],
])('%s is refused before anything starts', async (_, options, option) => {
  const written: string[] = [];
  await expect(commandWith(written).parseAsync(options, { from: 'user' })).rejects.toMatchObject({
    code: 'HARNESS_OPTION_INVALID',
    exit: 'usage',
    details: { option, command: 'sustain' },
  });
  expect(written).toEqual([]);
});

test('help shows examples, defaults and what sustainable means', async () => {
  const written: string[] = [];
  const help = commandWith(written).parseAsync(['--help'], { from: 'user' });
  await expect(help).rejects.toMatchObject({ code: 'commander.helpDisplayed' });
  const text = written.join('').replaceAll(/\s+/g, ' ');
  for (const part of ['--slo p99=500ms', 'default: p99=1s', 'default: 1000', 'drains within 5 s']) {
    expect(text).toContain(part);
  }
});
