/** Rules of the page of a comparison. Base is grey and dashed or hollow, head violet and solid: neither is an engine's colour. */
export const STYLE = `
:root{--head:light-dark(#5b3fb8,#b9a7ff);--least:light-dark(#7a838c38,#a9b1ba38)}
.base{--line:var(--soft);--ink-of:var(--soft)}
.head{--line:var(--head);--ink-of:var(--head)}
.series.base{stroke-dasharray:6 4}
svg.bar{width:132px;height:22px;display:block}
svg.dots{width:180px;height:30px;display:block}
svg.bar .least,.swatch.least{fill:var(--least);background:var(--least)}
svg.bar .one{stroke:var(--soft);stroke-width:1}
svg.bar .interval{stroke:var(--line);stroke-width:2.4;fill:none}
svg.bar .value{fill:var(--line)}
svg.bar.good{--line:var(--good)}
svg.bar.bad{--line:var(--bad)}
svg.bar.soft{--line:var(--soft)}
svg.dots .median{stroke:var(--line);stroke-width:2}
svg.dots circle{fill:none;stroke:var(--line);stroke-width:1.4}
svg.dots .head path{fill:var(--line);opacity:.7}
svg.dots .head .median{opacity:1}
table.changes td.words,table.changes tbody th{white-space:normal}
table.changes tbody th{min-width:8.5rem}
table.changes td.words{min-width:11rem;text-align:left}
table.changes th,table.changes td{padding:4px 6px}
td.words,tbody th{overflow-wrap:anywhere}
ul.counts{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;margin:.6rem 0;padding:0;font-weight:600}
.cards.sides{grid-template-columns:repeat(auto-fill,minmax(min(100%,400px),1fr))}
@media print{table.changes td.words{min-width:12rem}svg.bar{width:100px}svg.dots{width:120px}}
`;
