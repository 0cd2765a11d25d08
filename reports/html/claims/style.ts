/** Rules of the page of claims. */
export const STYLE = `
table.ledger{width:100%;margin-top:.6rem}
table.ledger th,table.ledger td{vertical-align:top;padding:6px 10px}
table.ledger tbody th{white-space:normal;min-width:12rem;max-width:20rem}
table.ledger td.words{white-space:normal;text-align:left;width:55%;overflow-wrap:anywhere}
table.ledger .of{display:none}
dl.counts dd{display:block}
.verdict{font-weight:600;white-space:nowrap}
figure.quote{margin:.6rem 0 1rem;padding:2px 0 2px 14px;border-left:4px solid var(--rule)}
figure.quote blockquote{margin:0;font-size:1.1rem}
figure.quote figcaption{font-weight:400;font-size:.9rem;color:var(--soft)}
.cards.findings{grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));margin-bottom:1rem}
ul.conditions{margin:0 0 .4rem;padding-left:1.3rem}
code{font-family:ui-monospace,Consolas,"Liberation Mono",monospace;font-size:.92em}
table.figures tbody th{white-space:normal;min-width:11rem;max-width:34rem;font-weight:400;overflow-wrap:anywhere}
table.figures tbody th{vertical-align:top}
table.figures tbody tr:not(:last-child)>td{border-bottom-color:transparent}
table.figures th small{display:block;color:var(--soft);font-size:.78rem;line-height:1.35}
svg.key{width:12px;height:12px;vertical-align:-1px;fill:var(--line)}
.range{stroke:var(--line);stroke-width:2;fill:none}
.claimed{fill:var(--line);opacity:.15}
.claimed-end{stroke:var(--line);stroke-width:1.5;fill:none}
.value{fill:var(--line)}
.value-label{fill:var(--ink);paint-order:stroke;stroke:var(--ground);stroke-width:3px;stroke-linejoin:round}
.side{font-weight:600;fill:var(--ink-of)}
.swatch.claimed{background:var(--soft);opacity:.35}
tr:target>*{background:var(--warn-ground)}
.evidence{display:grid;gap:4px 24px;align-items:start;margin-bottom:.6rem}
.evidence>*{min-width:0}
.evidence figure.chart{margin-bottom:.8rem}
@media(min-width:1080px){.evidence:has(figure){grid-template-columns:500px minmax(0,1fr)}.evidence table.figures th,.evidence table.figures td{padding:4px 6px}.evidence:has(figure) table.figures tbody th{min-width:11rem}}
@media(max-width:640px){table.figures{font-size:.82rem}table.figures th,table.figures td{padding:3px 5px}table.figures tbody th{min-width:6.5rem}table.ledger,table.ledger tbody,table.ledger tr,table.ledger th,table.ledger td{display:block;width:auto!important;max-width:none!important;border:0;padding:1px 0}table.ledger thead{position:absolute;left:-9999px}table.ledger tr{padding:8px 0;border-bottom:1px solid var(--grid)}table.ledger .of{display:inline;color:var(--soft)}}
@media print{.back{display:none}table.figures th,table.figures td{white-space:normal;overflow-wrap:anywhere}.evidence:has(figure){grid-template-columns:9fr 11fr}.evidence figure.chart,.cards.findings{break-inside:avoid}.claim{break-inside:auto}.card,figure.quote,table.figures tr{break-inside:avoid}table.ledger td.words{width:55%}.claimed,.swatch.claimed,.value,.key{print-color-adjust:exact}}
`;
