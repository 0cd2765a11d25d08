import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { renderHtml } from '../reports/html/index.ts';
import { readResult } from '../reports/model/index.ts';
import { findChromium } from '../reports/testing/index.ts';
import { smallPng } from './small-png.ts';

const IMAGES = resolve(import.meta.dirname, 'images');
const WIDTH = 1280;
const GREATEST_HEIGHT = 2000;

/** Leaves the verdict, the first workload's table and the charts; a picture of the page's top alone would end before them. */
const EXCERPT = `
nav, section[aria-labelledby=run], section[aria-labelledby=comparison] h3 ~ h3, section[aria-labelledby=comparison] h3 ~ h3 ~ * { display: none; }
`;

/** Where the last row of charts ends that fits, with a margin. */
const END = `Math.max(...[...document.querySelectorAll('figure.chart')].map((figure) => figure.getBoundingClientRect().bottom + 24)
  .filter((bottom) => bottom <= ${GREATEST_HEIGHT}))`;

/**
 * Draws an excerpt of the page of a result in both themes: docs/images/report-light.png and report-dark.png, which README shows.
 *
 * @throws Error where there is no Chromium; the errors of reading a result
 */
async function drawPictures(resultPath: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-picture-'));
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--disable-lcd-text'],
  });
  try {
    const file = join(folder, 'report.html');
    await writeFile(file, renderHtml(await readResult(resultPath)));
    await mkdir(IMAGES, { recursive: true });
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({
        colorScheme,
        viewport: { width: WIDTH, height: GREATEST_HEIGHT },
        deviceScaleFactor: 1,
      });
      await page.goto(pathToFileURL(file).href);
      await page.addStyleTag({ content: EXCERPT });
      const height = Math.floor(await page.evaluate<number>(END));
      const png = await page.screenshot({ clip: { x: 0, y: 0, width: WIDTH, height } });
      await page.goto('about:blank');
      await writeFile(join(IMAGES, `report-${colorScheme}.png`), await smallPng(page, png, WIDTH));
      await page.close();
    }
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) await drawPictures(process.argv[2] ?? 'results/bench/result.json');
