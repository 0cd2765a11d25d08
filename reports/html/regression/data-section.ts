import { gzipSync } from 'node:zlib';
import { html, type Markup } from '../../markup/index.ts';
import type { RegressionReport } from '../../regression/index.ts';

/** The report, compressed inside a link: it can be saved without a script, and nothing of it can end an element of the page. */
export function dataSection(report: RegressionReport): Markup {
  const packed = gzipSync(JSON.stringify(report), { level: 9 });
  // The operating system's number in the header is the one byte that differs between machines.
  packed[9] = 255;
  return html`<section aria-labelledby="data"><h2 id="data">Data</h2><p>This comparison with the value of every run, as JSON: <a id="raw" download="regression.json.gz" href="data:application/gzip;base64,${packed.toString('base64')}">download it</a>.</p></section>`;
}
