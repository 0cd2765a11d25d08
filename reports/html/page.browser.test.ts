import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostileLedger, ledgerFixture } from '../claims/testing/index.ts';
import { historySeries, readHistory } from '../history/index.ts';
import { plantedResults } from '../history/testing/index.ts';
import { readResult, writeResult } from '../model/index.ts';
import { type RegressionReport, regressionReportSchema } from '../regression/index.ts';
import {
  axeViolations,
  cutOffTexts,
  openPage,
  sidewaysScroll,
  startChromium,
} from '../testing/browser/index.ts';
import {
  fixtureResult,
  MALICIOUS,
  onlyRuns,
  realResult,
  refusedResult,
  regressionFixture,
  regressionSides,
  sweptResult,
} from '../testing/index.ts';
import { renderClaimsHtml } from './claims/index.ts';
import { renderHistoryHtml } from './history/index.ts';
import { renderHtml } from './page.ts';
import { renderRegressionHtml } from './regression/index.ts';

const PAGES = [
  'bench',
  'real',
  'refused',
  'repeats',
  'sustain',
  'recover',
  'comparison',
  'unlike',
  'history',
  'claims',
  'claims-hostile',
] as const;
type PageName = (typeof PAGES)[number];

const HOSTILE_FOLDER = `<img src=x onerror=alert(1)>"'&%#`;
const comparison = regressionFixture();
const { claims, ledger } = ledgerFixture();

let browser: Browser;
let folder = '';
const url = (name: PageName) => pathToFileURL(join(folder, `${name}.html`)).href;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-pages-'));
  const swept = sweptResult();
  const { base, head } = regressionSides();
  const pages: Record<PageName, string> = {
    bench: renderHtml(fixtureResult()),
    real: renderHtml(realResult()),
    refused: renderHtml(refusedResult()),
    repeats: renderHtml(onlyRuns(swept, 'latency')),
    sustain: renderHtml(onlyRuns(swept, 'sustain')),
    recover: renderHtml(onlyRuns(swept, 'recovery')),
    comparison: renderRegressionHtml(comparison, [base], [head]),
    unlike: renderRegressionHtml(unlike(comparison), [], []),
    history: await historyPage(),
    claims: renderClaimsHtml(ledger, claims),
    'claims-hostile': renderClaimsHtml(hostileLedger(`${MALICIOUS} ${'x'.repeat(400)}`), []),
  };
  for (const name of PAGES) await writeFile(join(folder, `${name}.html`), pages[name]);
  browser = await startChromium();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Sides that are not alike, with hostile and long names. */
function unlike(report: RegressionReport): RegressionReport {
  return {
    ...report,
    outcome: 'wrong',
    base: { ...report.base, name: 'b'.repeat(300), wrong: [MALICIOUS] },
    head: { ...report.head, name: MALICIOUS },
    differences: [{ name: 'cpuModel', base: 'x'.repeat(200), head: MALICIOUS }],
    rows: report.rows.map((row) => ({ ...row, workload: MALICIOUS, cell: 'c'.repeat(200) })),
  };
}

/** Twelve results with a change in the middle, one of hostile names beside a report, and a file that is none. */
async function historyPage(): Promise<string> {
  for (const [i, result] of plantedResults(12, 6).entries()) {
    await writeResult(result, join(folder, `r${i}`, 'result.json'));
  }
  await mkdir(join(folder, HOSTILE_FOLDER));
  await writeFile(join(folder, HOSTILE_FOLDER, 'report.html'), '<!doctype html><title>report</title>');
  const hostile = { ...refusedResult(), createdAt: MALICIOUS };
  await writeResult(hostile, join(folder, HOSTILE_FOLDER, 'result.json'));
  await writeFile(join(folder, `${HOSTILE_FOLDER}.json`), '{}');
  const history = await readHistory(folder);
  return renderHistoryHtml(history, historySeries(history, { metrics: [], minimumPoints: 8 }));
}

const ground = (page: Page) => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');

/** Texts of a drawing that lie over each other. */
const overlappingTexts = (page: Page) =>
  page.evaluate<
    readonly string[]
  >(`[...document.querySelectorAll('figure.chart svg[role=img]')].flatMap((svg) => {
    const texts = [...svg.querySelectorAll('text')].map((text) => ({ box: text.getBoundingClientRect(), text: text.textContent }));
    const overlaps = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
    return texts.flatMap(({ box, text }, i) => texts.slice(i + 1).filter((other) => overlaps(box, other.box)).map((other) => text + ' / ' + other.text));
  })`);

/** Presses Tab until the element in focus matches. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < 100; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
  }
  throw new Error(`Tab does not reach ${selector}`);
}

test.each(PAGES)(
  '%s: no request, no message, nothing for axe, nothing cut off, light and dark, wide, narrow and in print',
  async (name) => {
    await using opened = await openPage(browser, url(name), { colorScheme: 'light', bypassCSP: true });
    const { page, noise } = opened;
    const grounds: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ media: 'screen', colorScheme });
      await page.setViewportSize({ width: 1280, height: 800 });
      grounds.push(await ground(page));
      expect(await cutOffTexts(page)).toEqual([]);
      // It is the same document in other colours.
      expect(await axeViolations(page, colorScheme === 'light' ? 'all' : 'colours')).toEqual([]);
      expect(await sidewaysScroll(page)).toBe(0);
      await page.setViewportSize({ width: 360, height: 800 });
      expect(await sidewaysScroll(page)).toBe(0);
      await page.setViewportSize({ width: 1060, height: 750 });
      await page.emulateMedia({ media: 'print', colorScheme });
      expect(await ground(page)).toBe('rgb(255, 255, 255)');
      expect(await sidewaysScroll(page)).toBe(0);
      expect(await page.locator('nav').isVisible()).toBe(false);
      expect(await page.locator('details.data:visible').count()).toBe(0);
      expect(await page.locator('details.prose .wide:visible').count()).toBe(
        await page.locator('details.prose .wide').count(),
      );
    }
    expect(new Set(grounds).size).toBe(2);
    expect(noise).toEqual([]);
  },
);

test('a page of real engines opens with their ratios, a row for each measure and pair', async () => {
  await using opened = await openPage(browser, url('real'));
  const { page } = opened;
  expect(await page.locator('section[aria-labelledby=ratios] h2').isVisible()).toBe(true);
  expect(await page.locator('section[aria-labelledby=ratios] tbody tr').count()).toBeGreaterThan(3);
});

test('with its content policy in force a page with scripts is silent, and the button turns the theme', async () => {
  await using opened = await openPage(browser, url('bench'), { colorScheme: 'light' });
  const { page, noise } = opened;
  const before = await ground(page);
  await page.locator('#theme').click();
  expect(await ground(page)).not.toBe(before);
  await page.locator('#theme').click();
  expect(await ground(page)).toBe(before);
  expect(noise).toEqual([]);
});

test.each([
  ['bench', 36],
  ['comparison', 4],
] as const)('%s with scripts off: verdict, charts and tables are there', async (name, charts) => {
  await using opened = await openPage(browser, url(name), { javaScriptEnabled: false });
  const { page, noise } = opened;
  expect(await page.locator('h2#verdict').isVisible()).toBe(true);
  expect(await page.locator('figure.chart svg[role=img]').count()).toBe(charts);
  expect(await page.locator('#theme').isVisible()).toBe(false);
  await page.locator('figure.chart summary').first().click();
  expect(await page.locator('figure.chart table').first().isVisible()).toBe(true);
  expect(noise).toEqual([]);
});

test('by keyboard: Tab reaches the table, which sorts either way, and then a chart, whose cursor walks and leaves', async () => {
  await using opened = await openPage(browser, url('bench'));
  const { page, noise } = opened;
  const sorted = page.locator('table.sortable').first().locator('th:nth-child(3)');
  const figures = () =>
    page.evaluate<number[]>(
      `[...document.querySelector('table.sortable').tBodies[0].rows].map((row) => Number(row.cells[2].dataset.v))`,
    );
  await tabTo(page, 'table.sortable th:nth-child(3) button');
  await page.keyboard.press('Enter');
  const up = await figures();
  expect(new Set(up).size).toBeGreaterThan(1);
  expect(up).toEqual([...up].sort((a, b) => a - b));
  expect(await sorted.getAttribute('aria-sort')).toBe('ascending');
  await page.keyboard.press('Space');
  expect(await figures()).toEqual([...up].reverse());
  expect(await sorted.getAttribute('aria-sort')).toBe('descending');

  const readout = page.locator('#readout');
  await tabTo(page, 'svg[tabindex]');
  const first = await readout.textContent();
  expect(first).toMatch(/^percentile: 0\.0 %.*event-driven, ms: /);
  await page.keyboard.press('ArrowRight');
  expect(await readout.textContent()).not.toBe(first);
  await page.keyboard.press('ArrowLeft');
  expect(await readout.textContent()).toBe(first);
  await page.keyboard.press('End');
  expect(await readout.textContent()).not.toBe(first);
  expect(await page.locator('svg.on').count()).toBeGreaterThan(0);
  await page.keyboard.press('Escape');
  expect(await readout.textContent()).toBe('');
  expect(await page.locator('svg.on').count()).toBe(0);
  expect(noise).toEqual([]);
});

test('the cursor moves in all charts of a section that have the same axis', async () => {
  await using opened = await openPage(browser, url('bench'));
  const { page } = opened;
  const moved = () =>
    page.evaluate<string[]>(
      `[...document.querySelectorAll('svg.on')].map((svg) => svg.closest('figure').id + svg.querySelector('.cursor').getAttribute('transform'))`,
    );
  await page.locator('#time-1-1 svg[tabindex]').focus();
  await page.keyboard.press('End');
  const [first, ...others] = await moved();
  const place = first?.replace('time-1-1', '');
  expect(place).toMatch(/^translate/);
  expect(others).toEqual(
    ['time-1-2', 'time-2-1', 'time-2-2', 'time-3-1', 'time-3-2', 'time-4-1', 'time-4-2'].map(
      (id) => `${id}${place}`,
    ),
  );
});

test('the raw data downloads as a result that reads back', async () => {
  await using opened = await openPage(browser, url('bench'), { acceptDownloads: true });
  const { page, noise } = opened;
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#raw').click()]);
  expect(download.suggestedFilename()).toBe('result.json');
  const saved = join(folder, 'saved.json');
  await download.saveAs(saved);
  expect((await readFile(saved)).length).toBeGreaterThan(1_000);
  expect((await readResult(saved)).cells).toHaveLength(8);
  expect(noise.filter((line) => !line.startsWith('request blob:'))).toEqual([]);
});

test('base is drawn dashed and head solid, each with its marker, and the link of a comparison holds its report', async () => {
  await using opened = await openPage(browser, url('comparison'));
  const { page } = opened;
  const styles = await page.evaluate<readonly string[]>(
    `['base', 'head'].map((side) => getComputedStyle(document.querySelector('#spectrum-1 path.series.' + side)).strokeDasharray)`,
  );
  expect(styles).toEqual(['6px, 4px', 'none']);
  expect(await page.locator('#spectrum-1 .line-end.base circle').isVisible()).toBe(true);
  expect(await page.locator('#spectrum-1 .line-end.head path').isVisible()).toBe(true);
  const link = (await page.locator('#raw').getAttribute('href')) ?? '';
  const packed = Buffer.from(link.slice(link.indexOf(',') + 1), 'base64');
  expect(regressionReportSchema.parse(JSON.parse(gunzipSync(packed).toString()))).toEqual(comparison);
});

test('the newest result stands first, a change is drawn, and a report of a hostile folder opens', async () => {
  await using opened = await openPage(browser, url('history'));
  const { page } = opened;
  expect(await page.locator('#verdict + .summary').textContent()).toMatch(/^1 change of level/);
  expect(await page.locator('figure.chart path.kill').count()).toBe(1);
  expect(await page.locator('figure.chart .mark-label').allTextContents()).toEqual(['+20.2%']);
  const days = await page.locator('table.sheet tbody th').allTextContents();
  expect(days.slice(1, 3)).toEqual(['2026-01-12 03:04', '2026-01-11 03:04']);
  await page.locator('table.sheet a').click();
  expect(await page.title()).toBe('report');
});

test('a row of the claims leads to its part, where the claimed range is drawn behind the figures, with scripts off', async () => {
  await using opened = await openPage(browser, url('claims'), { javaScriptEnabled: false });
  const { page, noise } = opened;
  await page.locator('table.ledger a[href="#G1"]').click();
  expect(await page.locator('h2#G1').isVisible()).toBe(true);
  const box = async (selector: string) => {
    const found = await page.locator(`#G1-ms ${selector}`).first().boundingBox();
    if (found === null) throw new Error(`nothing at ${selector}`);
    return found;
  };
  const [band, value] = [await box('.event .claimed'), await box('.event circle')];
  expect(value.x).toBeGreaterThan(band.x);
  expect(value.x + value.width).toBeLessThan(band.x + band.width);
  expect(value.y + value.height).toBeLessThan(band.y + band.height);
  expect(await page.locator('#G1-figures').isVisible()).toBe(true);
  await page.locator('#G1-figures a').last().click();
  expect(await page.locator('#experiment-2').isVisible()).toBe(true);
  expect(noise).toEqual([]);
});

test('in a narrow window the table of claims is still a table for who does not see it', async () => {
  await using opened = await openPage(browser, url('claims'), { viewport: { width: 390, height: 800 } });
  const { page } = opened;
  expect(await page.getByRole('table', { name: 'Verdicts' }).getByRole('row').count()).toBe(
    claims.length + 1,
  );
  expect(await page.getByRole('cell', { name: 'holds in part' }).count()).toBeGreaterThan(0);
  expect(await page.locator('table.ledger .of').first().isVisible()).toBe(true);
  expect(await overlappingTexts(page)).toEqual([]);
});
