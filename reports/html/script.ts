/**
 * The page's only script, at most 8 kB: theme, cursor, download as plain JSON. Everything can be read without it. The cursor reads
 * the table behind its chart, so the data is on the page once; it does so when it is first wanted, since all tables together would hold up the page.
 */
export const SCRIPT = `(() => {
'use strict';
const root = document.documentElement;
const theme = document.getElementById('theme');
const isDark = () => root.style.colorScheme === 'dark' || (root.style.colorScheme === '' && matchMedia('(prefers-color-scheme: dark)').matches);
const name = () => { theme.textContent = isDark() ? 'Light theme' : 'Dark theme'; };
theme.hidden = false;
name();
theme.addEventListener('click', () => { root.style.colorScheme = isDark() ? 'light' : 'dark'; name(); });
const readout = document.getElementById('readout');
for (const svg of document.querySelectorAll('svg[tabindex]')) {
  let heads, rows, places, alike;
  let at = -1;
  const read = () => {
    if (rows !== undefined) return;
    const figure = svg.closest('figure');
    heads = [...figure.querySelectorAll('thead th')].map((cell) => cell.textContent);
    rows = [...figure.querySelectorAll('tr[data-x]')];
    places = rows.map((row) => Number(row.dataset.x));
    alike = svg.dataset.axis === undefined ? [] : [...svg.closest('section').querySelectorAll('svg[data-axis]')].filter((other) => other !== svg && other.dataset.axis === svg.dataset.axis);
  };
  const show = (index) => {
    read();
    if (rows.length === 0) return;
    at = Math.min(rows.length - 1, Math.max(0, index));
    for (const one of [svg, ...alike]) {
      one.classList.add('on');
      one.querySelector('.cursor').setAttribute('transform', 'translate(' + places[at] + ' 0)');
    }
    readout.textContent = [...rows[at].cells].map((cell, i) => heads[i] + ': ' + cell.textContent.trim()).join('  \\u00b7  ');
  };
  const hide = () => { if (rows === undefined) return; for (const one of [svg, ...alike]) one.classList.remove('on'); readout.textContent = ''; };
  svg.addEventListener('pointermove', (event) => {
    read();
    const box = svg.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * svg.viewBox.baseVal.width;
    let nearest = 0;
    places.forEach((place, i) => { if (Math.abs(place - x) < Math.abs(places[nearest] - x)) nearest = i; });
    show(nearest);
  });
  svg.addEventListener('pointerleave', () => { if (document.activeElement !== svg) hide(); });
  svg.addEventListener('focus', () => { if (svg.matches(':focus-visible')) show(at < 0 ? 0 : at); });
  svg.addEventListener('blur', hide);
  svg.addEventListener('keydown', (event) => {
    read();
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (event.key === 'Escape') hide();
    if (to === undefined) return;
    event.preventDefault();
    show(to);
  });
}
for (const table of document.querySelectorAll('table.sortable')) {
  const body = table.tBodies[0];
  const heads = [...table.querySelectorAll('thead th')];
  heads.forEach((head, column) => {
    const value = (row) => Number(row.cells[column].dataset.v ?? NaN);
    if ([...body.rows].every((row) => isNaN(value(row)))) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'sort';
    button.textContent = '\u2195';
    button.setAttribute('aria-label', 'Sort by ' + head.firstChild.textContent);
    button.addEventListener('click', () => {
      const sign = head.ariaSort === 'ascending' ? -1 : 1;
      for (const other of heads) { other.removeAttribute('aria-sort'); const mark = other.querySelector('.sort'); if (mark) mark.textContent = '\u2195'; }
      head.ariaSort = sign > 0 ? 'ascending' : 'descending';
      button.textContent = sign > 0 ? '\u2191' : '\u2193';
      const rank = (row) => isNaN(value(row)) ? Infinity : sign * value(row);
      body.append(...[...body.rows].sort((a, b) => rank(a) - rank(b) || 0));
    });
    head.append(button);
  });
}
const raw = document.getElementById('raw');
raw.addEventListener('click', async (event) => {
  if (raw.href.startsWith('blob:') || typeof DecompressionStream === 'undefined') return;
  event.preventDefault();
  const packed = Uint8Array.from(atob(raw.href.slice(raw.href.indexOf(',') + 1)), (character) => character.charCodeAt(0));
  const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  raw.href = URL.createObjectURL(await new Response(plain, { headers: { 'content-type': 'application/json' } }).blob());
  raw.download = raw.download.replace(/\\.gz$/, '');
  raw.click();
});
addEventListener('beforeprint', () => { for (const part of document.querySelectorAll('details.prose')) part.open = true; });
})();`;
