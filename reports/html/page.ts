import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { html, type Markup, trusted } from '../markup/index.ts';
import type { Result, Run } from '../model/index.ts';
import { chartSections } from './chart-sections.ts';
import { methodSection } from './method-section.ts';
import { runCard } from './run-card.ts';
import { runsSection } from './runs-section.ts';
import { SCRIPT } from './script.ts';
import { settingsSection } from './settings-section.ts';
import { STYLE } from './style.ts';
import { tableSection } from './table-section.ts';
import { verdictSection } from './verdict-section.ts';

const CONTENTS: readonly (readonly [string, string])[] = [
  ['verdict', 'Verdict'],
  ['run', 'Where and how'],
  ['comparison', 'Comparison'],
  ['percentiles', 'Percentiles'],
  ['over-time', 'Over time'],
  ['recovery', 'Recovery'],
  ['drain', 'Drain'],
  ['settings', 'Settings'],
  ['runs', 'Runs'],
  ['method', 'Method and limits'],
  ['data', 'Raw data'],
];

/**
 * The result as one self-contained page: no request to anywhere, readable without scripts, deterministic. Its content policy allows
 * nothing but its own style sheet and, by hash, its one script.
 */
export function renderHtml(result: Result): string {
  const policy = `default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-${sha256(SCRIPT)}'`;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><title>Crosscurrent: event-driven against micro-batch</title><style>${trusted(
    STYLE,
  )}</style></head><body><a class="skip" href="#verdict">Skip to the verdict</a><header><h1>Crosscurrent: event-driven against micro-batch</h1><button id="theme" type="button" hidden>Theme</button></header><nav aria-label="Contents"><ul>${CONTENTS.map(
    ([id, title]) => html`<li><a href="#${id}">${title}</a></li>`,
  )}</ul></nav><main>${verdictSection(result)}${runCard(result)}${tableSection(result)}${chartSections(result)}${settingsSection(result)}${runsSection(result)}${methodSection()}${dataSection(result)}</main><p id="readout" role="status" aria-live="polite"></p><script>${trusted(SCRIPT)}</script></body></html>
`;
  return page.text;
}

/** Bytes of base64 that the raw data may add to the page. */
const RAW_BUDGET = 130_000;

/**
 * The result, compressed inside a link: it can be saved without a script, and nothing of it can end an element of the page. Where
 * it is too large, first the counts of the heat map and then everything over time is left out; histograms stay.
 */
function dataSection(result: Result): Markup {
  const whole = { left: null, packed: pack(result) };
  const choices = [
    () => whole,
    () => ({ left: 'the latency counts of each slice', packed: pack(mapFigures(result, withoutHeat)) }),
    () => ({
      left: 'the points over time (slices, marks, drain curves)',
      packed: pack(mapFigures(result, withoutTime)),
    }),
  ];
  let chosen: { readonly left: string | null; readonly packed: string } = whole;
  for (const choose of choices) {
    chosen = choose();
    if (chosen.packed.length <= RAW_BUDGET) break;
  }
  const leftOut =
    chosen.left === null ? null : ` To keep the page small it lacks ${chosen.left}, which result.json has.`;
  return html`<section aria-labelledby="data"><h2 id="data">Raw data</h2><p>The result with all histograms (HDR V2), so that every figure can be computed again: <a id="raw" download="result.json.gz" href="data:application/gzip;base64,${chosen.packed}">download it</a>.${leftOut}</p></section>`;
}

type Figures = NonNullable<Run['figures']>;

function withoutHeat<Some extends Figures>(figures: Some): Some {
  return 'slices' in figures
    ? { ...figures, slices: figures.slices.map((slice) => ({ ...slice, heat: [] })) }
    : figures;
}

function withoutTime<Some extends Figures>(figures: Some): Some {
  if ('slices' in figures) return { ...figures, slices: [], marks: [] };
  return 'covered' in figures ? { ...figures, covered: [] } : figures;
}

function mapFigures(result: Result, change: <Some extends Figures>(figures: Some) => Some): Result {
  const changed = (run: Run): Run => {
    switch (run.kind) {
      case 'latency':
        return { ...run, figures: run.figures && change(run.figures) };
      case 'drain':
        return { ...run, figures: run.figures && change(run.figures) };
      case 'recovery':
        return { ...run, figures: run.figures && change(run.figures) };
      case 'sustain':
        return run;
    }
  };
  return { ...result, cells: result.cells.map((cell) => ({ ...cell, runs: cell.runs.map(changed) })) };
}

function pack(result: Result): string {
  const packed = gzipSync(JSON.stringify(result), { level: 9 });
  // The operating system's number in the header is the one byte that differs between machines.
  packed[9] = 255;
  return packed.toString('base64');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
