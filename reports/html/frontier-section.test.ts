import { expect, test } from 'vitest';
import { cell, latencyRun, sustainRun, syntheticResult } from '../claims/testing/index.ts';
import type { Cell, Run } from '../model/index.ts';
import { MALICIOUS } from '../testing/index.ts';
import { frontierSections } from './frontier-section.ts';
import { trailSection } from './trail-section.ts';

const at = (p99Ms: number, cpuSecondsPerMillion: number, neverSteady = false): Run =>
  latencyRun(5_000, { p99Ms, cpuSecondsPerMillion, neverSteady });

const batch = (triggerIntervalMs: number, profile: string, ...runs: readonly Run[]): Cell =>
  cell('micro-batch', runs, { profile, settings: { triggerIntervalMs } });

const pageOf = (...cells: readonly Cell[]) =>
  frontierSections(syntheticResult(cells))
    .map(({ body }) => body.text)
    .join('');

const countOf = (text: string, part: RegExp) => text.match(part)?.length ?? 0;

const page = pageOf(
  cell('event', [at(20, 60), at(24, 66), sustainRun(90_000)]),
  batch(100, MALICIOUS, at(180, 30), sustainRun(40_000)),
  batch(500, 't500', at(600, 31, true), sustainRun(30_000)),
  batch(900, 't900', at(950, 6), sustainRun(50_000, { limitedBy: 'driver' })),
  batch(1_500, 't1500', at(1_600, 90)),
);

test('p99 stands against the sustainable rate, a mark a configuration, hollow and struck where it is dominated', () => {
  expect(countOf(page, /<figure class="chart"/g)).toBe(1);
  expect(page).toContain('p99 at 5,000/s against sustainable rate (p99 ≤ 2,000 ms)</figcaption>');
  expect(countOf(page, /class="line-end spot /g)).toBe(4);
  expect(countOf(page, /class="line-end spot [a-z]+ hollow"/g)).toBe(1);
  expect(page).toContain('<s>3 micro-batch (t500)</s>');
  expect(page).toContain('Without one of the two figures, so not drawn: 5.');
});

test('ranges are bars, and arrows lead to where the truth may lie', () => {
  const bars = [...page.matchAll(/class="bracket bars [a-z]+" d="([^"]+)"/g)].map(([, path]) => path ?? '');
  expect(bars).toHaveLength(3);
  expect(bars[0]).toMatch(/^M[\d. ]+V[\d.]+$/);
  expect(bars[1]).toMatch(/v-[\d.]+m-3 4l3-4l3 4$/);
  expect(bars[2]).toMatch(/h[\d.]+m-4-3l4 3l-4 3$/);
});

test('more CPU is a larger mark', () => {
  const scales = [...page.matchAll(/class="line-end spot ([a-z]+)[^>]*scale\(([\d.]+)\)/g)];
  const sizes = scales.map(([, style, size]) => [style, Number(size)] as const);
  const [largest, ...others] = sizes;
  expect(largest?.[0]).toBe('event');
  for (const [, size] of others) expect(size).toBeLessThan(largest?.[1] ?? 0);
});

test('without sustainable rates p99 stands against CPU, and two engines alone have no section', () => {
  const three = [cell('event', [at(20, 60)]), batch(100, 'a', at(180, 30)), batch(500, 'b', at(600, 9))];
  expect(pageOf(...three)).toContain('p99 at 5,000/s against CPU-s/M at 5,000/s</figcaption>');
  expect(pageOf(...three.slice(0, 2))).toBe('');
});

test('hostile names stay text, in the frontier and in the trail', () => {
  const trail = trailSection(
    syntheticResult([
      cell('event', [at(20, 60)], { settings: { [MALICIOUS]: MALICIOUS } }),
      cell('event', [at(30, 60)], { settings: { [MALICIOUS]: 'b' } }),
    ]),
  );
  for (const text of [page, trail?.body.text ?? '']) {
    expect(text).toContain('&lt;/script&gt;');
    expect(text).not.toMatch(/<(script|img)|\p{Cc}/u);
  }
});
