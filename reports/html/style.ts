/**
 * The page's style sheet. Series colours are Okabe and Ito's, lightened on a dark ground; dashes and marker shapes say the same
 * without colour. `light-dark()` follows the system, or the theme that the button sets.
 */
export const STYLE = `
:root{color-scheme:light dark;--ground:light-dark(#fff,#14171a);--raised:light-dark(#f4f6f8,#1d2125);--ink:light-dark(#1a1d21,#e8eaed);--soft:light-dark(#555c64,#a9b1ba);--rule:light-dark(#d5dade,#383f46);--grid:light-dark(#e6e9ec,#2a3036);--event:light-dark(#0072b2,#62b5e8);--batch:light-dark(#d55e00,#ff9d5c);--batch-ink:light-dark(#b04e00,#ff9d5c);--flink:light-dark(#00805e,#3ec9a0);--spark:light-dark(#a8457f,#e59ac6);--good:light-dark(#0b6b3a,#5fd394);--bad:light-dark(#b3261e,#ff8a80);--warn-ground:light-dark(#fff3cd,#4a3b10);--outage:light-dark(#b3261e1f,#ff8a802b);--warmup:light-dark(#7a838c2b,#a9b1ba26)}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0 auto;max-width:1240px;padding:16px;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.2;margin:0}
h2{font-size:1.25rem;margin:2.4rem 0 .6rem;padding-top:.6rem;border-top:1px solid var(--rule)}
h3{font-size:1rem;margin:1.4rem 0 .4rem}
p{margin:.4rem 0;max-width:78ch}
a{color:inherit;text-underline-offset:2px}
a:focus-visible,button:focus-visible,summary:focus-visible,svg:focus-visible,.wide:focus-visible{outline:3px solid var(--event);outline-offset:2px}
header{display:flex;flex-wrap:wrap;gap:8px 16px;align-items:center;justify-content:space-between}
button{font:inherit;color:inherit;background:var(--raised);border:1px solid var(--rule);border-radius:6px;padding:4px 12px;cursor:pointer}
nav ul{display:flex;flex-wrap:wrap;gap:4px 16px;padding:0;margin:.6rem 0;list-style:none;font-size:.9rem}
.skip{position:absolute;left:-9999px}
.skip:focus{position:static}
.soft{color:var(--soft)}
.good{color:var(--good)}
.bad{color:var(--bad)}
.summary{font-size:1.1rem;font-weight:600}
.badge{display:inline-block;background:var(--warn-ground);border:1px solid var(--rule);border-radius:6px;padding:1px 8px;margin:2px 6px 2px 0;font-size:.9rem}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,270px),1fr));gap:12px}
.card{background:var(--raised);border:1px solid var(--rule);border-radius:8px;padding:10px 14px}
.card h3{margin:0 0 .3rem}
.verdicts{list-style:none;margin:0;padding:0}
.verdicts li{padding:3px 0;border-top:1px solid var(--grid)}
.verdicts li:first-child{border-top:0}
.verdicts .subject{color:var(--soft);font-size:.9rem}
.verdicts strong{display:block}
.verdicts .figures{font-size:.9rem}
.name-event{color:var(--event)}
.name-batch{color:var(--batch-ink)}
.name-flink{color:var(--flink)}
.name-spark{color:var(--spark)}
dl.facts{display:grid;grid-template-columns:max-content 1fr;gap:2px 14px;margin:.4rem 0}
dl.facts dt{color:var(--soft)}
dl.facts dd{margin:0}
@media(max-width:560px){dl.facts{grid-template-columns:1fr}dl.facts dd{margin:0 0 .4rem}}
.wide{overflow-x:auto;margin:.4rem 0}
table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--soft);padding:2px 0 6px}
th,td{padding:4px 10px;text-align:right;border-bottom:1px solid var(--grid);white-space:nowrap;overflow-wrap:normal}
thead th{border-bottom:1px solid var(--rule);vertical-align:bottom;font-weight:600;white-space:normal;min-width:3.4rem}
thead th small{display:block;font-weight:400;color:var(--soft);min-height:1.5em}
tbody th{text-align:left;font-weight:600}
table.runs{font-size:.85rem}
table.runs tbody th{white-space:normal;min-width:13rem}
table.runs th,table.runs td{padding:3px 7px}
th.text,td.text{text-align:left}
td small{display:block;color:var(--soft);font-size:.78rem;line-height:1.2}
table.sheet td.words{white-space:normal;min-width:14rem;text-align:left}
td.checks{white-space:normal;min-width:7.5rem}
tr.differs td,tr.differs th{background:var(--warn-ground)}
.notes{font-size:.9rem;padding-left:1.4rem}
.charts{margin-bottom:20px;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,500px),1fr));gap:16px}
figure.chart{margin:0;min-width:0}
figcaption{font-weight:600;font-size:.95rem;margin-bottom:2px}
.plot{overflow-x:auto}
.plot>svg{display:block;width:100%;min-width:430px;height:auto;font:12px system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif;fill:var(--ink)}
.legend{font-size:.85rem;color:var(--soft)}
svg.sample{width:24px;height:10px;vertical-align:middle}
.swatch{display:inline-block;width:18px;height:11px;vertical-align:-1px;border:1px solid var(--rule)}
.swatch.outage{background:var(--outage)}
.swatch.warmup{background:var(--warmup)}
rect.outage{fill:var(--outage)}
rect.warmup{fill:var(--warmup)}
.heat image{image-rendering:pixelated}
.grid{stroke:var(--grid);fill:none}
.axis{stroke:var(--soft);fill:none}
.tick,.axis-title,.mark-label,.duration{fill:var(--soft)}
.heading{font-weight:600}
.mid{text-anchor:middle}
.end{text-anchor:end}
.series{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
.event{--line:var(--event);--ink-of:var(--event)}
.batch{--line:var(--batch);--ink-of:var(--batch-ink)}
.flink{--line:var(--flink);--ink-of:var(--flink)}
.spark{--line:var(--spark);--ink-of:var(--spark)}
.floor,.offered,.limit{--line:var(--soft);--ink-of:var(--soft)}
.series,.rug,.bracket{stroke:var(--line)}
.series.batch{stroke-dasharray:7 4}
.series.flink{stroke-dasharray:2 4}
.series.spark{stroke-dasharray:9 4 2 4}
.series.floor{stroke-dasharray:1 4;stroke-width:1.5}
.series.offered{stroke-width:1.2;stroke-dasharray:4 3}
.series.p99{stroke-dasharray:none;stroke-width:1.8}
.series.p50{stroke-dasharray:3 3;stroke-width:1.4}
.series.kill-line{stroke-dasharray:none;stroke-width:1;opacity:.6}
.series.run{stroke-dasharray:none;stroke-width:.8;opacity:.5}
.series.limit{stroke-width:1.4;stroke-dasharray:8 3}
.fails{--line:var(--bad)}
.driver{--line:var(--soft)}
.verdicts li.refused strong{color:var(--bad)}
.series.dots{stroke-dasharray:none;stroke-width:2.6;opacity:.55}
.series.each{stroke-width:4;opacity:1}
svg.strip{display:block;margin-left:auto}
th button.sort{padding:0 4px;border:0;background:none;font-size:.8rem}
.rug{fill:none;opacity:.75}
.bracket{fill:none;stroke-width:2}
.line-end text,.heading{fill:var(--ink-of)}
.line-end circle,.line-end path{fill:var(--line)}
.line-end text,.mark-label{paint-order:stroke;stroke:var(--ground);stroke-width:3px;stroke-linejoin:round}
.kill{stroke:var(--bad);stroke-width:1.6;fill:none}
.phase{stroke:var(--soft);stroke-dasharray:2 3;fill:none}
.cursor{stroke:var(--ink);stroke-width:1;visibility:hidden;fill:none}
svg.on .cursor{visibility:visible}
details{margin:.3rem 0}
summary{cursor:pointer;font-size:.9rem;color:var(--soft)}
dl.method dt{font-weight:600;margin-top:.7rem}
dl.method dd{margin:0;max-width:78ch}
:target{scroll-margin-top:12px}
dt:target{background:var(--warn-ground)}
#readout{position:fixed;left:0;right:0;bottom:0;margin:0;max-width:none;padding:6px 16px;background:var(--raised);border-top:1px solid var(--rule);font-size:.9rem;font-variant-numeric:tabular-nums}
#readout:empty{display:none}
@media(prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@page{size:A4 landscape;margin:10mm}
@media print{:root{color-scheme:light!important}html{font-size:10px}body{max-width:none;padding:0;font-size:10px}table{font-size:9px}nav,button,#readout,details.data,.skip{display:none!important}details.prose::details-content{content-visibility:visible;display:block;height:auto}h2,h3,summary,details p,section>p.soft{break-after:avoid}figure,.card,tr,dl.method dd{break-inside:avoid}dl.method dt{break-after:avoid}section{break-before:page}section.keep{break-before:auto}.wide,.plot{overflow:visible}th,td{padding:2px 4px}tbody th,thead th{white-space:normal;overflow-wrap:anywhere;min-width:4.5em}tbody th{min-width:9em}table.sheet td{white-space:normal;overflow-wrap:anywhere}table.sheet td.words{min-width:8rem}.charts{grid-template-columns:1fr 1fr}.plot>svg{min-width:0;max-height:160mm}.swatch,.badge,tr.differs>*{print-color-adjust:exact}dl.method{columns:2;column-gap:24px}}
`;
