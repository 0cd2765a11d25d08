import { expect, test } from 'vitest';
import { capabilitiesPage, writtenCapabilitiesPage } from './generate-capabilities.ts';

test('docs/capabilities.md is what `node docs/generate-capabilities.ts` writes', () => {
  expect(writtenCapabilitiesPage()).toBe(capabilitiesPage());
});

test('the table has a row for each capability and a column for each engine', () => {
  const lines = capabilitiesPage([
    { engine: 'event', capabilities: new Set(['late-side-output']) },
    { engine: 'micro-batch', capabilities: new Set() },
  ]).split('\n');
  const cells = (line: string | undefined) => line?.split('|').map((cell) => cell.trim());
  expect(cells(lines[5])).toEqual(['', 'Capability', 'Meaning', 'event', 'micro-batch', '']);
  expect(lines.map(cells)).toContainEqual([
    '',
    '`late-side-output`',
    'late records as an output of their own',
    'yes',
    'no',
    '',
  ]);
});
