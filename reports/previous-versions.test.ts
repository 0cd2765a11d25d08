import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { renderHgrm } from './hgrm/index.ts';
import { renderHtml } from './html/index.ts';
import { renderText } from './index.ts';
import { renderResultJunit } from './junit/index.ts';
import { renderMarkdown } from './markdown/index.ts';
import { readResult, SCHEMA_VERSION } from './model/index.ts';

/** Cells that `make bench` wrote at that version, with most points over time and side histograms left out. */
const fileOf = (version: number) =>
  fileURLToPath(new URL(`testing/result-version-${version}.json`, import.meta.url));

const PREVIOUS_VERSIONS = Array.from({ length: SCHEMA_VERSION - 1 }, (_, i) => i + 1);
const SCHEMA_FILE = fileURLToPath(new URL('../docs/result.schema.json', import.meta.url));

describe.each(PREVIOUS_VERSIONS)('version %i', (version) => {
  test('a file of it fits the published schema and loads, with all that it says', async () => {
    const written = JSON.parse(await readFile(fileOf(version), 'utf8'));
    expect(written.schemaVersion).toBe(version);
    const validate = new Ajv2020({ strict: false }).compile(JSON.parse(await readFile(SCHEMA_FILE, 'utf8')));
    expect(validate(written)).toBe(true);
    const result = await readResult(fileOf(version));
    expect(result).toMatchObject({ ...written, schemaVersion: SCHEMA_VERSION });
    const kinds = result.cells.map(({ runs }) => runs.map(({ kind }) => kind));
    expect(kinds).toEqual([['latency', 'drain', 'recovery'], ['latency']]);
  });

  test('a file of it renders in every form', async () => {
    const result = await readResult(fileOf(version));
    const text = renderText(result, { colour: false });
    expect(text).toMatch(/^event-driven +exactly-once|^event-driven +at-least-once/m);
    expect(text).toContain('p99 latency: event-driven lower by');
    expect(renderMarkdown(result)).toContain('p99 latency: event-driven lower by');
    expect(renderHtml(result)).toContain('merchant-spend');
    expect(renderHgrm(result)).not.toEqual([]);
    expect(renderResultJunit(result)).toContain('merchant-spend');
  });
});

test('what version 1 lacks is filled in', async () => {
  const result = await readResult(fileOf(1));
  expect(result).toMatchObject({
    floors: [],
    noiseFloors: [],
    versions: {},
    machine: { limits: { cpus: null, memoryMb: null }, clockResolutionUs: null },
  });
  const [event] = result.cells;
  expect(event).toMatchObject({ variables: {}, settings: expect.arrayContaining([]) });
  expect(event?.runs[0]).toMatchObject({
    driver: null,
    machineUse: null,
    figures: { stages: { emitted: null, appended: null }, seconds: [], warmupEndedBy: 'fixed' },
  });
});
