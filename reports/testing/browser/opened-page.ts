import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findChromium } from '../index.ts';

/** A headless Chromium that asks nothing of the network by itself; the caller closes it. */
export function startChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A page in a context of its own; closed at the end of its `await using` scope. */
interface OpenedPage extends AsyncDisposable {
  readonly page: Page;
  /** Requests other than for the page itself, console messages and errors so far. */
  readonly noise: readonly string[];
}

/** Opens an address in a new context and listens from before its first byte. */
export async function openPage(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const noise: string[] = [];
  page.on('request', (request) => {
    if (request.url() !== address) noise.push(`request ${request.url().slice(0, 100)}`);
  });
  page.on('console', (message) => noise.push(`console ${message.text()}`));
  page.on('pageerror', (error) => noise.push(`error ${error.message}`));
  await page.goto(address);
  return { page, noise, [Symbol.asyncDispose]: () => context.close() };
}

/** How far the page, not a part of it, can be scrolled sideways, in pixels. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/**
 * What axe-core finds wrong by all its rules or by those that look at colours, each rule with its first elements; axe runs past the page's
 * content policy and sends nothing.
 */
export async function axeViolations(page: Page, rules: 'all' | 'colours'): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const runOnly = rules === 'all' ? '' : "runOnly: ['cat.color'], ";
  return page.evaluate(
    `axe.run(document, { ${runOnly}resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)).join(' | ')))`,
  );
}

/** Texts of charts that stick out of their drawing, each behind the chart's title. */
export function cutOffTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(`[...document.querySelectorAll('figure.chart svg[role=img]')].flatMap((svg) => {
    const box = svg.getBoundingClientRect();
    return [...svg.querySelectorAll('text')].filter((text) => {
      const { left, right, top, bottom } = text.getBoundingClientRect();
      return left < box.left - 1 || right > box.right + 1 || top < box.top - 1 || bottom > box.bottom + 1;
    }).map((text) => svg.querySelector('title').textContent + ': ' + text.textContent);
  })`);
}
