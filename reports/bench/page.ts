// Opens the page of a result in Chromium, five times afresh, and prints when it can be read: `node reports/bench/page.ts [report.html | result.json]`.
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { renderHtml } from '../html/index.ts';
import { readResult } from '../model/index.ts';
import { openPage, startChromium } from '../testing/browser/index.ts';

const TIMES = 5;
/** Without a long task for this long, the page counts as idle. */
const QUIET_MS = 1_000;

/** Milliseconds from the start of the navigation; blocking: what the long tasks take beyond 50 ms each, until idle. */
interface Timing {
  readonly domContentLoaded: number;
  readonly firstContentfulPaint: number;
  readonly load: number;
  readonly blocking: number;
}

/** Runs in the page: long tasks are kept from before its first byte. */
const WATCH = `
globalThis.longTasks = [];
new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ startTime, duration }) => ({ startTime, duration })))).observe({ type: 'longtask', buffered: true });
`;

const READ = `new Promise((settle) => {
  const [navigation] = performance.getEntriesByType('navigation');
  const look = () => {
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    const lastEnd = Math.max(navigation.loadEventEnd, ...longTasks.map(({ startTime, duration }) => startTime + duration));
    if (paint === undefined || navigation.loadEventEnd === 0 || performance.now() - lastEnd < ${QUIET_MS}) return setTimeout(look, 50);
    settle({
      domContentLoaded: navigation.domContentLoadedEventEnd,
      firstContentfulPaint: paint.startTime,
      load: navigation.loadEventEnd,
      blocking: longTasks.reduce((sum, { duration }) => sum + Math.max(0, duration - 50), 0),
    });
  };
  look();
})`;

const given = resolve(process.argv[2] ?? 'results/bench/result.json');
const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-page-bench-'));
const browser = await startChromium();
try {
  const path = given.endsWith('.html') ? given : join(folder, 'report.html');
  if (path !== given) await writeFile(path, renderHtml(await readResult(given)));
  process.stdout.write(`${given}: page of ${(await stat(path)).size} bytes\n`);
  for (let i = 1; i <= TIMES; i++) {
    await using opened = await openPage(browser, 'about:blank', { viewport: { width: 1280, height: 800 } });
    await opened.page.addInitScript(WATCH);
    await opened.page.goto(pathToFileURL(path).href);
    const timing = await opened.page.evaluate<Timing>(READ);
    const figures = Object.entries(timing).map(([name, ms]) => `${name} ${Math.round(ms)} ms`);
    process.stdout.write(`${i}: ${figures.join(', ')}\n`);
  }
} finally {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}
