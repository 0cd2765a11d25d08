import { gzipSync } from 'node:zlib';
import type { Ledger } from '../../claims/index.ts';
import { html, type Markup } from '../../markup/index.ts';

/** The ledger, compressed inside a link: it can be saved without a script, and nothing of it can end an element of the page. */
export function dataSection(ledger: Ledger): Markup {
  const packed = gzipSync(JSON.stringify(ledger), { level: 9 });
  // The operating system's number in the header is the one byte that differs between machines.
  packed[9] = 255;
  return html`<section class="keep" aria-labelledby="data"><h2 id="data">Data</h2><p>The ledger with every figure, as JSON: <a id="raw" download="claims.json.gz" href="data:application/gzip;base64,${packed.toString('base64')}">download it</a>.</p></section>`;
}
