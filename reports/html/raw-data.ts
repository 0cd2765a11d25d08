import { gzipSync } from 'node:zlib';
import { html, type Markup } from '../markup/index.ts';
import type { Distribution, Result, Run } from '../model/index.ts';

/** Bytes that the raw data may always take, so that a large page does not lose its histograms. */
const LEAST_BUDGET = 60_000;

/**
 * The result, compressed inside a link: it can be saved without a script, and nothing of it can end an element of the page. What
 * makes it too large is left out in the order of what the page and the rest can replace best; the histograms of the latency of whole runs stay.
 *
 * @param budget bytes of base64
 */
export function rawDataSection(result: Result, budget: number): Markup {
  const { packed, left } = fitted(result, Math.max(budget, LEAST_BUDGET));
  const leftOut =
    left.length === 0 ? '' : ` To keep the page small it lacks ${left.join('; ')}: result.json has them.`;
  return html`<section aria-labelledby="data"><h2 id="data">Raw data</h2><p>The result with the latency histograms of all runs (HDR V2), so that every figure can be computed again: <a id="raw" download="result.json.gz" href="data:application/gzip;base64,${packed}">download it</a>.${leftOut}</p></section>`;
}

interface Reduction {
  readonly what: string;
  readonly change: (run: Run) => Run;
}

const REDUCTIONS: readonly Reduction[] = [
  { what: 'the histogram of each second', change: withoutSeconds },
  { what: 'the resources of each process over time', change: withoutTimelines },
  { what: 'the latency counts of each slice', change: withoutHeat },
  { what: 'the points over time (slices, marks, drain curves)', change: withoutPoints },
  { what: 'the histograms of the stages before visibility', change: withoutStages },
  {
    what: "the histograms beside the latency's (from send, per output, the generator's lag; their percentiles are there)",
    change: withoutSideHistograms,
  },
];

function fitted(
  result: Result,
  budget: number,
): { readonly packed: string; readonly left: readonly string[] } {
  let kept = result;
  let packed = pack(kept);
  const left: string[] = [];
  for (const { what, change } of REDUCTIONS) {
    if (packed.length <= budget) break;
    kept = { ...kept, cells: kept.cells.map((cell) => ({ ...cell, runs: cell.runs.map(change) })) };
    packed = pack(kept);
    left.push(what);
  }
  return { packed, left };
}

function withoutSeconds(run: Run): Run {
  if (run.kind !== 'latency' || run.figures === null) return run;
  return { ...run, figures: { ...run.figures, seconds: [] } };
}

function withoutStages(run: Run): Run {
  if (run.kind !== 'latency' || run.figures === null) return run;
  return { ...run, figures: { ...run.figures, stages: { emitted: null, appended: null } } };
}

function withoutSideHistograms(run: Run): Run {
  const bare = (distribution: Distribution): Distribution => ({ ...distribution, histogram: null });
  switch (run.kind) {
    case 'latency': {
      if (run.figures === null) return run;
      const { uncorrected, perOutput, generatorLag } = run.figures;
      const figures = {
        ...run.figures,
        uncorrected: bare(uncorrected),
        perOutput: bare(perOutput),
        generatorLag: bare(generatorLag),
      };
      return { ...run, figures };
    }
    case 'recovery':
      return {
        ...run,
        figures: run.figures && { ...run.figures, generatorLag: bare(run.figures.generatorLag) },
      };
    case 'drain':
    case 'sustain':
      return run;
  }
}

function withoutTimelines(run: Run): Run {
  if (run.cost === null) return run;
  const processes = run.cost.processes.map((process) => ({ ...process, timeline: null }));
  return { ...run, cost: { ...run.cost, processes } };
}

function withoutHeat(run: Run): Run {
  const bare = <Some extends { readonly heat: number[] }>(slices: readonly Some[]) =>
    slices.map((slice) => ({ ...slice, heat: [] }));
  switch (run.kind) {
    case 'latency':
      return { ...run, figures: run.figures && { ...run.figures, slices: bare(run.figures.slices) } };
    case 'recovery':
      return { ...run, figures: run.figures && { ...run.figures, slices: bare(run.figures.slices) } };
    case 'drain':
    case 'sustain':
      return run;
  }
}

function withoutPoints(run: Run): Run {
  switch (run.kind) {
    case 'latency':
      return { ...run, figures: run.figures && { ...run.figures, slices: [], marks: [] } };
    case 'recovery':
      return { ...run, figures: run.figures && { ...run.figures, slices: [], marks: [] } };
    case 'drain':
      return { ...run, figures: run.figures && { ...run.figures, covered: [] } };
    case 'sustain':
      return run;
  }
}

function pack(result: Result): string {
  const packed = gzipSync(JSON.stringify(result), { level: 9 });
  // The operating system's number in the header is the one byte that differs between machines.
  packed[9] = 255;
  return packed.toString('base64');
}
