import { expect, test } from 'vitest';
import { fixtureResult, realResult, refusedResult } from '../testing/index.ts';
import { renderMarkdown } from './render.ts';

test('the summary of one workload', () => {
  const result = fixtureResult();
  expect(renderMarkdown({ ...result, cells: result.cells.slice(4, 6) })).toMatchInlineSnapshot(`
    "**2 cells, 6 runs: all oracles passed**

    ### login-tracker, latency at 5,000 events/s

    | engine | guarantee | p50, ms | p99, ms | max, ms | samples | drain, k/s | first output, ms | caught up, s | replayed | CPU-s/M at rate, s | CPU-s/M draining, s | peak RSS, MiB | checks |
    | --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --- |
    | event-driven | at-least-once | 5.22 | 14.9 | 33.5 | 20,000 | 123 | 705 | 2.65 | 1,850 | 18.7 | 18.7 | 412 | 3/3 passed |
    | micro-batch | at-least-once | 349 | 605 | 664 | 20,000 | 217 | 1,480 | 3.90 | 5,000 | 12.9 | 12.9 | 412 | 3/3 passed |

    - at-least-once, p99 latency: event-driven lower by a factor of 40.7
    - at-least-once, backlog drain: micro-batch higher by 76.4 %
    - at-least-once, first output after SIGKILL: event-driven lower by a factor of 2.10
    - at-least-once, CPU at the offered rate: micro-batch lower by 31.0 %

    <details><summary>login-tracker, at-least-once: stages of the latency</summary>

    From the due instant of each input to: the engine made the covering output (in steps of 1 ms), it stood in the topic, a read\\_committed consumer had it. From send: visible, but from the actual send (uncorrected). Above floor: visible minus the same percentile with no engine.

    | engine | emitted p50, ms | emitted p99, ms | appended p50, ms | appended p99, ms | visible p50, ms | visible p99, ms | from send p50, ms | from send p99, ms |
    | --- | --: | --: | --: | --: | --: | --: | --: | --: |
    | event-driven | 3.33 | 12.9 | 4.50 | 14.3 | 5.22 | 14.9 | 5.20 | 15.0 |
    | micro-batch | 346 | 602 | 350 | 603 | 349 | 605 | 345 | 606 |

    </details>

    - One run each: no interval. How far a repetition would differ is not shown.
    - Recovery rests on one kill a run; it depends on where in the checkpoint or batch interval a kill falls.
    - Engines, broker and harness share one machine: the figures compare, they do not size a cluster.

    <details><summary>Where and how</summary>

    - command: crosscurrent run --workload all --engine event,micro-batch --seed 42
    - seed 42, 2026-01-02T03:04:05.000Z, Crosscurrent 0.1.0 (commit 0123456789ab)
    - Fixture CPU @​ 2.00GHz, 2 cores, 7900 MiB, Linux 6.1.0 x64, Node v24.12.0, Java 21.0.5
    - broker: embedded Apache Kafka 4.3.0, KRaft, one node

    </details>
    "
  `);
});

test('texts of a result start no markup and break no table', () => {
  const markdown = renderMarkdown(refusedResult());
  expect(markdown).not.toMatch(/(?<!\\)<(?!\/?(details|summary)>)/);
  expect(markdown).not.toMatch(/(?<!\\)\[x/);
  expect(markdown).not.toMatch(/^# h/m);
  const tables = markdown.split('\n\n').filter((block) => block.startsWith('|'));
  expect(tables).toHaveLength(2);
  for (const table of tables) {
    const widths = table.split('\n').map((line) => line.replaceAll('\\|', '').split('|').length);
    expect(new Set(widths).size).toBe(1);
  }
});

test('a frontier is a folded table that names what dominates', () => {
  const markdown = renderMarkdown(realResult());
  expect(markdown).toContain('<details><summary>merchant-spend, at-least-once: frontier</summary>');
  expect(markdown).toMatch(
    /^\| 5 Apache Spark 4\.2\.0 \| 767 \| 36\.1 \| dominated by 1, 4 \(one run\) \|$/m,
  );
  expect(renderMarkdown(fixtureResult())).not.toContain('frontier');
});
