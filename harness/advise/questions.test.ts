import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { conversationOn } from './questions.ts';
import { limitsOf } from './slo.ts';

function talk() {
  const [input, output] = [new PassThrough(), new PassThrough()];
  return { input, said: () => String(output.read() ?? ''), conversation: conversationOn(input, output) };
}

const yesOrNo = { text: 'Patterns?', preset: 'no', parse: (answer: string) => answer === 'yes' };

test('questions are asked in turn, an empty answer is the default, and what is typed ahead counts', async () => {
  const { input, said, conversation } = talk();
  input.write('yes\n\n');
  expect(await conversation.ask(yesOrNo)).toBe(true);
  expect(await conversation.ask(yesOrNo)).toBe(false);
  expect(said()).toBe('Patterns? [no] Patterns? [no] ');
  conversation.close();
});

test('an answer that is not understood is asked for again, with what is wrong; without a default an empty one too', async () => {
  const { input, said, conversation } = talk();
  input.write('\np98=5ms\np99=5ms\n');
  const limits = await conversation.ask({ text: 'Limit?', parse: (answer) => limitsOf([answer]) });
  expect(limits.latency).toEqual([{ percentile: 99, limitMs: 5 }]);
  expect(said()).toMatch(/^Limit\? Limit\? {3}There is no metric "p98".*\n.*\nLimit\? $/);
  conversation.close();
});

test('the end of the input, as after Ctrl-C, interrupts', async () => {
  const { input, conversation } = talk();
  const asked = conversation.ask(yesOrNo);
  input.end();
  await expect(asked).rejects.toMatchObject({ code: 'HARNESS_INTERRUPTED', exit: 'interrupted' });
  await expect(conversation.ask(yesOrNo)).rejects.toMatchObject({ code: 'HARNESS_INTERRUPTED' });
});
