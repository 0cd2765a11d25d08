import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { renderHtml } from './html/index.ts';
import { renderText } from './index.ts';
import { renderMarkdown } from './markdown/index.ts';
import { readResult } from './model/index.ts';

const FILE = fileURLToPath(new URL('testing/result-version-1.json', import.meta.url));

test('a file that version 1 wrote loads, with what it lacks filled in', async () => {
  const result = await readResult(FILE);
  expect(result).toMatchObject({
    schemaVersion: 2,
    floors: [],
    noiseFloors: [],
    versions: {},
    machine: { limits: { cpus: null, memoryMb: null }, clockResolutionUs: null },
  });
  const [event, batch] = result.cells;
  expect(event?.runs.map((run) => run.kind)).toEqual(['latency', 'drain', 'recovery']);
  expect(batch?.runs.map((run) => run.kind)).toEqual(['latency']);
  expect(event).toMatchObject({ variables: {}, settings: expect.arrayContaining([]) });
  expect(event?.runs[0]).toMatchObject({
    driver: null,
    machineUse: null,
    figures: { stages: { emitted: null, appended: null }, seconds: [], warmupEndedBy: 'fixed' },
  });
});

test('a file that version 1 wrote renders in every form', async () => {
  const result = await readResult(FILE);
  const text = renderText(result, { colour: false });
  expect(text).toMatch(/^event-driven +exactly-once|^event-driven +at-least-once/m);
  expect(text).toContain('p99 latency: event-driven lower by');
  expect(renderMarkdown(result)).toContain('p99 latency: event-driven lower by');
  expect(renderHtml(result)).toContain('merchant-spend');
});
