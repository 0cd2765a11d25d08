import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { CrosscurrentError } from '../../errors/index.ts';
import { harnessErrors } from '../errors.ts';

/** One thing that is asked for. */
interface Question<T> {
  readonly text: string;
  /** What an empty answer means, as it would be typed; none where an answer is needed. */
  readonly preset?: string;
  /** @throws CrosscurrentError for an answer that it does not understand: then it is asked again */
  readonly parse: (answer: string) => T;
}

/** Somebody who answers, line by line. */
export interface Conversation {
  ask<T>(question: Question<T>): Promise<T>;
  close(): void;
}

/**
 * Talks with a person: questions go to `output`, answers come from `input`.
 *
 * @throws HARNESS_INTERRUPTED from `ask`, after Ctrl-C or where the input ends
 */
export function conversationOn(input: Readable, output: Writable): Conversation {
  const lines = createInterface({ input, output, terminal: isTerminal(input) && isTerminal(output) });
  const answers: string[] = [];
  let waiting: { resolve: (line: string) => void; reject: (error: Error) => void } | null = null;
  let hasEnded = false;
  const interrupted = (): Error => harnessErrors.error('HARNESS_INTERRUPTED');
  lines.on('line', (line) => {
    if (waiting === null) answers.push(line);
    else waiting.resolve(line);
    waiting = null;
  });
  lines.on('SIGINT', () => lines.close());
  lines.on('close', () => {
    hasEnded = true;
    if (waiting !== null) output.write('\n');
    waiting?.reject(interrupted());
    waiting = null;
  });
  const nextLine = (): Promise<string> => {
    const typedAhead = answers.shift();
    if (typedAhead !== undefined) return Promise.resolve(typedAhead);
    if (hasEnded) return Promise.reject(interrupted());
    return new Promise((resolve, reject) => {
      waiting = { resolve, reject };
    });
  };
  return {
    ask: async ({ text, preset, parse }) => {
      for (;;) {
        lines.setPrompt(`${text}${preset === undefined ? '' : ` [${preset}]`} `);
        if (!hasEnded) lines.prompt();
        const answer = (await nextLine()).trim();
        const said = answer === '' ? preset : answer;
        if (said === undefined) continue;
        try {
          return parse(said);
        } catch (error) {
          if (!(error instanceof CrosscurrentError)) throw error;
          output.write(`  ${error.message}\n  ${error.hint}\n`);
        }
      }
    },
    close: () => lines.close(),
  };
}

const isTerminal = (stream: Readable | Writable): boolean => 'isTTY' in stream && stream.isTTY === true;
