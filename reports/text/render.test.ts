import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { fixtureResult, MALICIOUS, refusedResult, sweptResult } from '../testing/index.ts';
import { renderText } from './render.ts';

const result = fixtureResult();
const refused = refusedResult();

test('the table of a whole result', () => {
  expect(renderText(result, { colour: false })).toMatchInlineSnapshot(`
    "merchant-spend: latency at 5,000 events/s
    floor at 5,000/s: generator + broker + observer alone: p50 3.40 ms, p99 10.9 ms, p99.9 16.1 ms, ceiling 412 k/s; lag p99 0.227 ms
                                                                     first  caught            CPU-s/M   CPU-s/M  peak
                                  p50   p99    max  samples  drain  output      up  replayed  at rate  draining   RSS  checks
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

    merchant-spend, at-least-once: stages of the latency
    From the due instant of each input to: the engine made the covering output (in steps of 1 ms), it stood in the topic, a read_committed consumer had it. From send: visible, but from the actual send (uncorrected). Above floor: visible minus the same percentile with no engine.
                  emitted  emitted  appended  appended  visible  visible      from      from      above      above
    engine            p50      p99       p50       p99      p50      p99  send p50  send p99  floor p50  floor p99
                       ms       ms        ms        ms       ms       ms        ms        ms         ms         ms
    event-driven     3.31     13.2      4.54      14.3     5.19     14.9      5.17      14.8       1.80       3.99
    micro-batch       347      601       348       605      346      605       346       604        342        594

    merchant-spend, exactly-once: stages of the latency
                  emitted  emitted  appended  appended  visible  visible      from      from      above      above
    engine            p50      p99       p50       p99      p50      p99  send p50  send p99  floor p50  floor p99
                       ms       ms        ms        ms       ms       ms        ms        ms         ms         ms
    event-driven      499      995       501       994      504      995       505       996        501        984
    micro-batch       345      604       347       604      345      605       349       604        342        594

    login-tracker: latency at 5,000 events/s
                                                                    first  caught            CPU-s/M   CPU-s/M  peak
                                  p50   p99   max  samples  drain  output      up  replayed  at rate  draining   RSS  checks
    engine        guarantee        ms    ms    ms             k/s      ms       s                  s         s   MiB
    event-driven  at-least-once  5.22  14.9  33.5   20,000    123     705    2.65     1,850     18.7      18.7   412  3/3 passed
    micro-batch   at-least-once   349   605   664   20,000    217   1,480    3.90     5,000     12.9      12.9   412  3/3 passed
      at-least-once, p99 latency: event-driven lower by a factor of 40.7
      at-least-once, backlog drain: micro-batch higher by 76.4 %
      at-least-once, first output after SIGKILL: event-driven lower by a factor of 2.10
      at-least-once, CPU at the offered rate: micro-batch lower by 31.0 %

    login-tracker, at-least-once: stages of the latency
                  emitted  emitted  appended  appended  visible  visible      from      from
    engine            p50      p99       p50       p99      p50      p99  send p50  send p99
                       ms       ms        ms        ms       ms       ms        ms        ms
    event-driven     3.33     12.9      4.50      14.3     5.22     14.9      5.20      15.0
    micro-batch       346      602       350       603      349      605       345       606

    regional-revenue: latency at 5,000 events/s
                                                                   first  caught            CPU-s/M   CPU-s/M  peak
                                  p50  p99   max  samples  drain  output      up  replayed  at rate  draining   RSS  checks
    engine        guarantee        ms   ms    ms             k/s      ms       s                  s         s   MiB
    event-driven  at-least-once  5.08  few  18.6      600    123     705    2.65     1,850     18.7      18.7   412  3/3 passed
    micro-batch   at-least-once   339  few   651      600    217   1,480    3.90     5,000     12.9      12.9   412  3/3 passed
      at-least-once, p50 latency (too few samples for a p99): event-driven lower by a factor of 66.7
      at-least-once, backlog drain: micro-batch higher by 76.4 %
      at-least-once, first output after SIGKILL: event-driven lower by a factor of 2.10
      at-least-once, CPU at the offered rate: micro-batch lower by 31.0 %

    regional-revenue, at-least-once: stages of the latency
                  emitted  appended  visible      from
    engine            p50       p50      p50  send p50
                       ms        ms       ms        ms
    event-driven     3.32      4.34     5.08      5.13
    micro-batch       359       347      339       321

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
    "merchant-spend: latency at 5,000 events/s
    floor at 5,000/s: generator + broker + observer alone: p50 3.40 ms, p99 10.9 ms, p99.9 16.1 ms, ceiling 412 k/s; lag p99 0.227 ms
                                                                                                                            first  caught            CPU-s/M   CPU-s/M  peak
                                                                                            p50  p99  max  samples  drain  output      up  replayed  at rate  draining   RSS  checks
    engine                                                                   guarantee       ms   ms   ms             k/s      ms       s                  s         s   MiB
    event-driven                                                             at-least-once  [1]  [1]  [1]      [1]    123     705    2.65     1,850      [1]      18.7   412  1/3 FAILED
    micro-batch (</script><img src=x onerror=alert(1)>"'&… (78 characters))  at-least-once  346  605  668   20,000    [2]   1,480    3.90     5,000     12.9       [2]   412  3/3 passed
      at-least-once, p99 latency: nothing to compare
      at-least-once, backlog drain: nothing to compare
      at-least-once, first output after SIGKILL: event-driven lower by a factor of 2.10
      at-least-once, CPU at the offered rate: nothing to compare

    merchant-spend, at-least-once: stages of the latency
    From the due instant of each input to: the engine made the covering output (in steps of 1 ms), it stood in the topic, a read_committed consumer had it. From send: visible, but from the actual send (uncorrected). Above floor: visible minus the same percentile with no engine.
                                                                             emitted  emitted  appended  appended  visible  visible      from      from      above      above
    engine                                                                       p50      p99       p50       p99      p50      p99  send p50  send p99  floor p50  floor p99
                                                                                  ms       ms        ms        ms       ms       ms        ms        ms         ms         ms
    micro-batch (</script><img src=x onerror=alert(1)>"'&… (78 characters))      347      601       348       605      346      605       346       604        342        594

    [1] oracle failed: m17: count 4, not 5; </script><img src=x onerror=alert(1)>"'&|\`*[x](javascript:alert(1))�[31m�� # h
    [2] refused as invalid: RUN_ACKED_NOT_STORED: </script><img src=x onerror=alert(1)>"'&|\`*[x](javascript:alert(1))�[31m�� # h
    2 cells, 6 runs: 5 oracles passed, 1 failed; 2 runs without figures (RUN_ACKED_NOT_STORED 1)
    No broker: these figures are not comparable with Kafka runs.
    The benchmark was interrupted: what is here is complete, the rest was not run.
    One run each: no interval. How far a repetition would differ is not shown.
    Recovery rests on one kill a run; it depends on where in the checkpoint or batch interval a kill falls.
    Engines, broker and harness share one machine: the figures compare, they do not size a cluster.
    "
  `);
});

test('repeats, searches, sweeps and the noise floor in text', () => {
  const lines = renderText(sweptResult(), { colour: false }).split('\n');
  const block = (title: string) => {
    const from = lines.indexOf(title);
    return lines.slice(from, lines.indexOf('', from));
  };
  expect(block('merchant-spend, at-least-once: sustainable rate')).toMatchInlineSnapshot(`
    [
      "merchant-spend, at-least-once: sustainable rate",
      "The highest rate that held and was confirmed, and the bracket that the search ended with: the highest rate that holds and the lowest that does not.",
      "                                             limited",
      "engine        sustainable    holds    fails       by           limit  probes  confirmed",
      "                       /s       /s       /s",
      "event-driven       84,600   84,600   88,200   engine  p99 ≤ 2,000 ms      11         3×",
      "micro-batch       150,400  150,400  156,800   engine  p99 ≤ 2,000 ms      12         3×",
    ]
  `);
  expect(block('merchant-spend, at-least-once: frontier').slice(2)).toMatchInlineSnapshot(`
    [
      "                             p99            sustainable           CPU-s/M",
      "configuration         at 5,000/s  rate (p99 ≤ 2,000 ms)        at 5,000/s         standing",
      "                              ms                    k/s                 s",
      "1 event-driven  13.2 (12.8–13.7)                   84.6  18.7 (18.7–18.7)  on the frontier",
      "2 micro-batch      753 (712–812)                    150  12.9 (12.9–12.9)  on the frontier",
    ]
  `);
  expect(
    block('merchant-spend, exactly-once: what checkpointIntervalMs moves on event-driven').slice(2),
  ).toMatchInlineSnapshot(`
    [
      "figure                                                 250               1000                   4000    change    apart",
      "first output after a kill at 5,000/s, ms     735 (720–766)      968 (955–991)    1,870 (1,850–1,880)    × 2.55      yes",
      "caught up after a kill at 5,000/s, s      1.70 (1.67–1.75)   2.15 (1.92–2.22)       4.34 (3.23–4.64)    × 2.55      yes",
      "replayed after a kill at 5,000/s             668 (346–983)  2,677 (508–3,548)  15,738 (4,539–18,658)    × 23.6      yes",
      "written a second at 5,000/s                        1.92 kB              480 B                  120 B  × 0.0625  one run",
    ]
  `);
  expect(block('merchant-spend, exactly-once: recovery over all kills').slice(0, 5)).toMatchInlineSnapshot(`
    [
      "merchant-spend, exactly-once: recovery over all kills",
      "Median over the kills (95 % interval of it; highest), from the SIGKILL. Lost and repeated: outputs, as the oracle counted them over the whole run.",
      "                                                                     first                      caught                                                                      phase",
      "engine                                   kills                      output                          up                       replayed  lost  repeated   written   keys  sum error                                                             detection",
      "                                                                        ms                          ms                                                 a second                ms",
    ]
  `);
  expect(lines.slice(3, 9)).toMatchInlineSnapshot(`
    [
      "                                                              p50        p99    max  samples  sustainable       output         up      replayed    at rate   RSS  checks",
      "engine                                   guarantee             ms         ms     ms                   k/s           ms          s                        s   MiB",
      "event-driven                             at-least-once       5.24       13.2   28.0  140,000         84.6            –          –             –       18.7   412  9/9 passed, 1 refused [1]",
      "                                                        4.96–5.43  12.8–13.7                                                                     18.7–18.7",
      "micro-batch                              at-least-once        296        753  2,180  140,000          150            –          –             –       12.9   412  9/9 passed, 1 refused [1]",
      "                                                          282–317    712–812                                                                     12.9–12.9",
    ]
  `);
  expect(lines.filter((line) => /Noise floor|refused|warning/.test(line))).toMatchInlineSnapshot(`
    [
      "event-driven                             at-least-once       5.24       13.2   28.0  140,000         84.6            –          –             –       18.7   412  9/9 passed, 1 refused [1]",
      "micro-batch                              at-least-once        296        753  2,180  140,000          150            –          –             –       12.9   412  9/9 passed, 1 refused [1]",
      "[1] refused as invalid: RUN_MACHINE_BUSY: Other processes took 41 % of the CPU.",
      "warning RUN_WARMUP_NOT_STEADY (2 times): p99 never became steady.",
      "8 cells, 22 runs: all oracles passed; 2 refused attempts (RUN_MACHINE_BUSY 2)",
      "Noise floor: two runs of the same thing (event-driven, merchant-spend, at-least-once, default) differ by up to 7 % here in p99 (95 % of 20 comparisons).",
      "Noise floor: two runs of the same thing (event-driven, merchant-spend, at-least-once, default) differ by up to 4 % here in drain (95 % of 20 comparisons).",
    ]
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

test('a result without engines tells its floors', () => {
  const [floor] = fixtureResult().floors;
  const text = renderText({ ...fixtureResult(), cells: [] }, { colour: false });
  expect(text).toContain('no engine: all valid');
  expect(text).toContain(`${floor?.workload}, floor at 5,000/s: generator + broker + observer alone: p50`);
});
