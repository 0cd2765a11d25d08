import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { historySeries, readHistory } from '../../history/index.ts';
import { plantedResults } from '../../history/testing/index.ts';
import { writeResult } from '../../model/index.ts';
import { findChromium, MALICIOUS, refusedResult } from '../../testing/index.ts';
import { renderHistoryHtml } from './page.ts';

const HOSTILE_FOLDER = `<img src=x onerror=alert(1)>"'&%#`;

let browser: Browser;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-index-'));
  for (const [i, result] of plantedResults(12, 6).entries()) {
    await writeResult(result, join(folder, `r${i}`, 'result.json'));
  }
  await mkdir(join(folder, HOSTILE_FOLDER));
  await writeFile(join(folder, HOSTILE_FOLDER, 'report.html'), '<!doctype html><title>report</title>');
  await writeResult(
    { ...refusedResult(), createdAt: MALICIOUS },
    join(folder, HOSTILE_FOLDER, 'result.json'),
  );
  await writeFile(join(folder, `${HOSTILE_FOLDER}.json`), '{}');
  const history = await readHistory(folder);
  const series = historySeries(history, { metrics: [], minimumPoints: 8 });
  await writeFile(join(folder, 'index.html'), renderHistoryHtml(history, series));
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
    ],
  });
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

test.each([
  ['light', 1280],
  ['dark', 360],
] as const)(
  '%s, %i px wide: no request, no message, no sideways scroll, nothing for axe',
  async (colorScheme, width) => {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
    const page = await context.newPage();
    const address = pathToFileURL(join(folder, 'index.html')).href;
    const noise: string[] = [];
    page.on('request', (request) => {
      if (request.url() !== address) noise.push(`request ${request.url().slice(0, 100)}`);
    });
    page.on('console', (message) => noise.push(`console ${message.text()}`));
    page.on('pageerror', (error) => noise.push(`error ${error.message}`));
    await page.goto(address);
    expect(
      await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      ),
    ).toBe(0);
    await page.evaluate(
      await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'),
    );
    const violations = await page.evaluate<readonly string[]>(
      'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html))',
    );
    expect(violations).toEqual([]);
    expect(noise).toEqual([]);
    await context.close();
  },
);

test('the newest stands first, a change is drawn, and a report of a hostile folder opens', async () => {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(join(folder, 'index.html')).href);
  expect(await page.locator('#verdict + .summary').textContent()).toMatch(/^1 change of level/);
  expect(await page.locator('figure.chart path.kill').count()).toBe(1);
  expect(await page.locator('figure.chart .mark-label').allTextContents()).toEqual(['+20.2%']);
  const days = await page.locator('table.sheet tbody th').allTextContents();
  expect(days.slice(1, 3)).toEqual(['2026-01-12 03:04', '2026-01-11 03:04']);
  await page.locator('table.sheet a').click();
  expect(await page.title()).toBe('report');
  await page.close();
});
