import { gzipSync } from 'node:zlib';
import { drawFigure } from '../../charts/index.ts';
import {
  cellTitle,
  changeText,
  commitOf,
  dayOf,
  evidenceText,
  groupByCell,
  type History,
  type HistoryEntry,
  type HistorySeries,
  renderHistoryJson,
} from '../../history/index.ts';
import { cleanText, html, type Markup } from '../../markup/index.ts';
import { metric } from '../../model/index.ts';
import { framedPage } from '../frame.ts';
import { trendChart } from './trend-chart.ts';

/** Many results as one self-contained page: a table, the newest first, and a trend a cell and metric. Links lead to the reports beside the results. */
export function renderHistoryHtml(history: History, series: readonly HistorySeries[]): string {
  return framedPage({
    title: 'Crosscurrent: results over time',
    style: '',
    sections: [
      { id: 'verdict', title: 'Changes', body: changesSection(series) },
      { id: 'results', title: 'Results', body: resultsSection(history) },
      { id: 'trends', title: 'Trends', body: trendsSection(series) },
      { id: 'data', title: 'Raw data', body: dataSection(history, series) },
    ],
  });
}

function changesSection(series: readonly HistorySeries[]): Markup {
  const changes = series.flatMap((one) => one.changes.map((change) => ({ one, change })));
  const searched = series.filter(({ isSearched }) => isSearched).length;
  const items = changes.map(({ one, change }) => {
    const entry = one.points[change.index]?.entry;
    const evidence = evidenceText(change, one.points.length);
    return html`<li>${cellTitle(one)}: <strong>${metric(one.of.metric).title} ${changeText(change)}, ${change.meaning}</strong>${
      entry === undefined ? null : html` at ${commitOf(entry)} of ${dayOf(entry)}`
    }${evidence === '' ? null : html` <span class="badge">${evidence}</span>`}</li>`;
  });
  return html`<section class="keep" aria-labelledby="verdict"><h2 id="verdict">Changes</h2><p class="summary">${
    changes.length === 1 ? '1 change' : `${changes.length} changes`
  } of level in ${searched} of ${series.length} series; the others have too few results.</p><ul>${items}</ul><p class="soft">A change stands at the first result after it; its cause is in a commit near it. A single last result is weak evidence: it takes about 20. Results of unlike machines or brokers are different series.</p></section>`;
}

function resultsSection({ entries, skipped }: History): Markup {
  const left =
    skipped.length === 0
      ? null
      : html`<details class="prose"><summary>Files left out</summary><ul>${skipped.map(
          ({ path, reason }) => html`<li>${cleanText(path, 120)}: ${cleanText(reason, 200)}</li>`,
        )}</ul></details>`;
  return html`<section aria-labelledby="results"><h2 id="results">Results</h2><div class="wide" tabindex="0" role="region" aria-label="Results, the newest first"><table class="sheet"><thead><tr>${[
    'date',
    'commit',
    'command',
    'status',
    'verdict',
    'report',
  ].map((header) => html`<th scope="col" class="text">${header}</th>`)}</tr></thead><tbody>${entries
    .toReversed()
    .map(resultRow)}</tbody></table></div>${left}</section>`;
}

function resultRow(entry: HistoryEntry): Markup {
  const folder = entry.path.split(/[\\/]/).slice(0, -1);
  const address = ['.', ...folder.map(encodeURIComponent), 'report.html'].join('/');
  const name = folder.length === 0 ? 'report' : cleanText(folder.join('/'), 60);
  return html`<tr><th scope="row">${dayOf(entry)}</th><td class="text">${commitOf(entry)}</td><td class="words">${cleanText(
    entry.command.join(' '),
    120,
  )}</td><td class="text">${entry.status}</td><td class="words">${entry.passed ? '✓' : '✗'} ${cleanText(entry.verdict, 200)}</td><td class="text">${
    entry.hasReport ? html`<a href="${address}">${name}</a>` : '–'
  }</td></tr>`;
}

function trendsSection(series: readonly HistorySeries[]): Markup {
  let number = 0;
  const groups = [...groupByCell(series).values()].map((group) => {
    const [first] = group;
    if (first === undefined) return null;
    const charts = group.map((one) => drawFigure(trendChart(one, `trend-${++number}`)));
    return html`<h3>${cellTitle(first)}</h3><p class="soft">${cleanText(first.fingerprint)}</p><div class="charts">${charts}</div>`;
  });
  return html`<section aria-labelledby="trends"><h2 id="trends">Trends</h2>${groups}</section>`;
}

function dataSection(history: History, series: readonly HistorySeries[]): Markup {
  const packed = gzipSync(renderHistoryJson(history, series)).toString('base64');
  return html`<section aria-labelledby="data"><h2 id="data">Raw data</h2><p>Results, series and changes: <a id="raw" download="history.json.gz" href="data:application/gzip;base64,${packed}">download them</a>.</p></section>`;
}
