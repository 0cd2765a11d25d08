import type { Dataflow } from '../index.ts';

export const spend = (options: { readonly output: string }): Dataflow => ({
  name: 'spend',
  nodes: [
    { kind: 'source', input: 'input', schema: { merchant: 'utf8' }, deadLetterOutput: 'dead-letter' },
    { kind: 'sink', output: options.output },
  ],
});

export const nothing = (): undefined => undefined;

export const failing = (): never => {
  throw new Error('no such option');
};
