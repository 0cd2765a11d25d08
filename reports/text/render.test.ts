import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { fixtureResult, MALICIOUS, refusedResult } from '../testing/index.ts';
import { renderText } from './render.ts';

const result = fixtureResult();
const refused = refusedResult();

test('the table of a whole result', () => {
  expect(renderText(result, { colour: false })).toMatchInlineSnapshot(`
    "merchant-spend: latency at 5,000 events/s; floor without an engine: p50 3.40 ms, p99 10.9 ms
                                                                     first  caught            CPU-s/M   CPU-s/M  peak
                                  p50   p99    max  samples  drain  output      up  replayed  at rate  draining   RSS  oracle
    engine        guarantee        ms    ms     ms             k/s      ms       s                  s         s   MiB
    event-driven  at-least-once  5.19  14.9   86.5   20,000    123     705    2.65     1,850     18.7      18.7   412  3/3 passed
    micro-batch   at-least-once   346   605    668   20,000    217   1,480    3.90     5,000     12.9      12.9   412  3/3 passed
    event-driven  exactly-once    504   995  1,020   20,000    123     705    2.65     1,850     18.7      18.7   412  3/3 passed
    micro-batch   exactly-once    345   605    657   20,000    217   1,480    3.90     5,000     12.9      12.9   412  3/3 passed
      at-least-once, p99 latency: event-driven lower by a factor of 40.7
      at-least-once, backlog drain: micro-batch higher by 76.4 %
      at-least-once, first output after SIGKILL: event-driven lower by a factor of 2.10
      at-least-once, CPU at the offered rate: micro-batch lower by 31.0 %
      exactly-once, p99 latency: micro-batch lower by 39.2 %
      exactly-once, backlog drain: micro-batch higher by 76.4 %
      exactly-once, first output after SIGKILL: event-driven lower by a factor of 2.10
      exactly-once, CPU at the offered rate: micro-batch lower by 31.0 %

    login-tracker: latency at 5,000 events/s
                                                                    first  caught            CPU-s/M   CPU-s/M  peak
                                  p50   p99   max  samples  drain  output      up  replayed  at rate  draining   RSS  oracle
    engine        guarantee        ms    ms    ms             k/s      ms       s                  s         s   MiB
    event-driven  at-least-once  5.22  14.9  33.5   20,000    123     705    2.65     1,850     18.7      18.7   412  3/3 passed
    micro-batch   at-least-once   349   605   664   20,000    217   1,480    3.90     5,000     12.9      12.9   412  3/3 passed
      at-least-once, p99 latency: event-driven lower by a factor of 40.7
      at-least-once, backlog drain: micro-batch higher by 76.4 %
      at-least-once, first output after SIGKILL: event-driven lower by a factor of 2.10
      at-least-once, CPU at the offered rate: micro-batch lower by 31.0 %

    regional-revenue: latency at 5,000 events/s
                                                                   first  caught            CPU-s/M   CPU-s/M  peak
                                  p50  p99   max  samples  drain  output      up  replayed  at rate  draining   RSS  oracle
    engine        guarantee        ms   ms    ms             k/s      ms       s                  s         s   MiB
    event-driven  at-least-once  5.08  few  18.6      600    123     705    2.65     1,850     18.7      18.7   412  3/3 passed
    micro-batch   at-least-once   339  few   651      600    217   1,480    3.90     5,000     12.9      12.9   412  3/3 passed
      at-least-once, p50 latency (too few samples for a p99): event-driven lower by a factor of 66.7
      at-least-once, backlog drain: micro-batch higher by 76.4 %
      at-least-once, first output after SIGKILL: event-driven lower by a factor of 2.10
      at-least-once, CPU at the offered rate: micro-batch lower by 31.0 %

    few: fewer than ten samples lie beyond this percentile, so it is not printed.
    6 cells, 24 runs: all oracles passed
    One run each: no interval. How far a repetition would differ is not shown.
    Recovery rests on one kill a run; it depends on where in the checkpoint or batch interval a kill falls.
    Engines, broker and harness share one machine: the figures compare, they do not size a cluster.
    "
  `);
});

test('a refused run shows its reason in the place of numbers', () => {
  expect(renderText(refused, { colour: false })).toMatchInlineSnapshot(`
    "merchant-spend: latency at 5,000 events/s; floor without an engine: p50 3.40 ms, p99 10.9 ms
                                                                                                                            first  caught            CPU-s/M   CPU-s/M  peak
                                                                                            p50  p99  max  samples  drain  output      up  replayed  at rate  draining   RSS  oracle
    engine                                                                   guarantee       ms   ms   ms             k/s      ms       s                  s         s   MiB
    event-driven                                                             at-least-once  [1]  [1]  [1]      [1]    123     705    2.65     1,850      [1]      18.7   412  1/3 FAILED
    micro-batch (</script><img src=x onerror=alert(1)>"'&… (78 characters))  at-least-once  346  605  668   20,000    [2]   1,480    3.90     5,000     12.9       [2]   412  3/3 passed
      at-least-once, p99 latency: nothing to compare
      at-least-once, backlog drain: nothing to compare
      at-least-once, first output after SIGKILL: event-driven lower by a factor of 2.10
      at-least-once, CPU at the offered rate: nothing to compare

    [1] oracle failed: m17: count 4, not 5; </script><img src=x onerror=alert(1)>"'&|\`*[x](javascript:alert(1))�[31m�� # h
    [2] refused as invalid: RUN_ACKED_NOT_STORED: </script><img src=x onerror=alert(1)>"'&|\`*[x](javascript:alert(1))�[31m�� # h
    2 cells, 6 runs: 5 oracles passed, 1 failed; 2 runs without figures
    No broker: these figures are not comparable with Kafka runs.
    The benchmark was interrupted: what is here is complete, the rest was not run.
    One run each: no interval. How far a repetition would differ is not shown.
    Recovery rests on one kill a run; it depends on where in the checkpoint or batch interval a kill falls.
    Engines, broker and harness share one machine: the figures compare, they do not size a cluster.
    "
  `);
});

test('colour changes nothing but colour, and comes only when told', () => {
  const plain = renderText(result, { colour: false });
  const coloured = renderText(result, { colour: true });
  expect(plain).not.toContain('\u001b');
  expect(coloured).toContain('\u001b[32m');
  expect(stripVTControlCharacters(coloured)).toBe(plain);
});

test('no terminal escape of a result reaches the terminal', () => {
  expect(MALICIOUS).toContain('\u001b');
  const text = renderText(refused, { colour: false });
  expect(['\u0000', '\u001b', '\u202e'].filter((character) => text.includes(character))).toEqual([]);
});
