import { CAPABILITIES, type Capability } from './capability.ts';
import type { Pipeline } from './lifecycle/index.ts';

/** The capability table as Markdown, one column an engine: the text of docs/capabilities.md. */
export function describeCapabilities(engines: readonly Pick<Pipeline, 'engine' | 'capabilities'>[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const names = Object.keys(CAPABILITIES) as Capability[];
  return [
    '# Capabilities',
    '',
    'What a dataflow may ask for and which engine has it. An engine refuses the rest by this name (`PIPELINE_CAPABILITY_MISSING`); it never approximates.',
    '',
    row(['Capability', 'Meaning', ...engines.map(({ engine }) => engine)]),
    row(['---', '---', ...engines.map(() => '---')]),
    ...names.map((name) =>
      row([
        `\`${name}\``,
        CAPABILITIES[name],
        ...engines.map(({ capabilities }) => (capabilities.has(name) ? 'yes' : 'no')),
      ]),
    ),
    '',
  ].join('\n');
}
