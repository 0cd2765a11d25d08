import { expect, test } from 'vitest';
import { type Advice, advise, type EngineFacts, type Objective } from '../advice/index.ts';
import type { AdviceReport } from '../advice-wording/index.ts';
import { evidenceOf, type Ground } from '../evidence/index.ts';
import { renderAdviceJson } from '../json/index.ts';
import { fixtureResult, MALICIOUS } from '../testing/index.ts';
import { renderAdviceText } from './advice.ts';

const EVIDENCE = evidenceOf([{ file: 'results/bench/result.json', result: fixtureResult() }]);
const [GROUND] = EVIDENCE.grounds as [Ground];
const FACTS: EngineFacts = {
  capabilitiesOf: (engine) => new Set(engine === 'event' ? ['exactly-once', 'pattern'] : ['exactly-once']),
  batchOnSameCode: new Set(['micro-batch', 'spark']),
};
const OBJECTIVE: Objective = {
  ...{ workload: 'merchant-spend', ratePerSecond: 5_000, guarantee: 'at-least-once' },
  latencyLimits: [{ percentile: 99, limitMs: 2_000 }],
  ...{ recoveryMs: null, keys: null, cpuSecondsPerMillion: null, needs: [], estate: 'none' },
  batchOnSameCode: false,
};

const ask = (objective: Partial<Objective> = {}): Advice =>
  advise({ ...OBJECTIVE, ...objective }, EVIDENCE, FACTS);

function reportOf(advice: Advice, more: Partial<AdviceReport> = {}): AdviceReport {
  const options = Object.fromEntries(
    EVIDENCE.configurations.map(({ id, engine }) => [id, ['--engine', engine, '--set', 'lingerMs=0']]),
  );
  return {
    ...{ advice, ground: GROUND, leftOut: [], skipped: [], options },
    ...{ next: { commands: ['npx crosscurrent advise --verify'], about: '2 min' }, verification: null },
    ...more,
  };
}

const render = (report: AdviceReport): string => renderAdviceText(report, { colour: false });

test('the answer comes first, then the settings, the evidence with its files, the runner-up and what is next', () => {
  const text = render(reportOf(ask()));
  const [answer, asked, sure] = text.split('\n');
  expect(answer).toMatch(/^Take (event-driven|micro-batch): /);
  expect(asked).toBe('Asked: merchant-spend at 5,000 events/s, at-least-once; p99 at most 2.00 s.');
  expect(sure).toMatch(/^How sure: /);
  const order = [
    '--set lingerMs=0',
    'results/bench/result.json',
    'Gives way first: ',
    'Runner-up: ',
    'To confirm it at exactly this rate, about 2 min:\n  npx crosscurrent advise --verify',
    'Measured on: ',
  ].map((part) => text.indexOf(part));
  expect(order).toEqual([...order].sort((one, other) => one - other));
  expect(order).not.toContain(-1);
});

test('a limit that all miss is named with the nearest, and nothing is to be confirmed', () => {
  const text = render(reportOf(ask({ latencyLimits: [{ percentile: 50, limitMs: 0.1 }] }), { next: null }));
  expect(text).toMatch(
    /^Nothing that was measured meets every limit\. Each misses p50 at most 0\.100 ms\. The nearest is /,
  );
  expect(text).not.toContain('How sure');
  expect(text).not.toContain('To confirm');
});

test('needs that no engine has, and questions that nothing measured answers', () => {
  expect(render(reportOf(ask({ needs: ['sql'] })))).toMatch(
    /^No engine has all that is needed: sql\.\n.*Left out: event lacks sql/s,
  );
  expect(render(reportOf(ask({ workload: 'clicks' })))).toMatch(
    /^Not known: no result here has clicks\.\n.*To know it, about 2 min:/s,
  );
  expect(render(reportOf(ask({ ratePerSecond: 90_000 })))).toMatch(/^Not known: .* 90,000 events\/s\.\n/);
});

test('either names both, and why', () => {
  const advice = ask();
  if (advice.kind !== 'recommended' || advice.runnerUp === null) throw new Error('no two to choose from');
  const { choice, runnerUp, objective, confidence, excluded, rejected, wrong, neverMeasured } = advice;
  const told = { objective, confidence, excluded, rejected, wrong, neverMeasured };
  const text = render(
    reportOf({
      ...{ ...told, kind: 'either', choices: [choice, runnerUp.candidate] },
      because: ['cost-overlaps', 'headroom-overlaps'],
    }),
  );
  expect(text).toMatch(/^Either .*, or .*: both meet every limit, .* \(the ranges of .* overlap, and so do /);
  expect(text.match(/Gives way first/g)).toHaveLength(2);
});

test.each([
  ['confirmed', /Confirmed: measured again at this rate, (event-driven|micro-batch) meets every limit by /],
  ['withdrawn', /Withdrawn: measured again, it misses a limit\. /],
  ['open', /Neither confirmed nor refuted: /],
  ['refused', /Not verified: no fresh run was valid/],
] as const)('%s: what measuring again came to is said last', (outcome, sentence) => {
  const file = 'results/advise-verify/x/result.json';
  const text = render(reportOf(ask(), { verification: { outcome, file, advice: ask() } }));
  expect(text.slice(text.indexOf('Measured on: '))).toMatch(sentence);
  expect(text).not.toContain('To confirm it');
});

test('no text from outside acts on a terminal or breaks a line, in JSON neither', () => {
  const hostile = `\u001b[31m\u202e${MALICIOUS}\nx`;
  const ground = { machine: hostile, broker: hostile, toolVersion: hostile, files: [hostile] };
  const report = reportOf(ask({ workload: hostile, needs: [] }), {
    ...{ ground, leftOut: [ground], skipped: [{ file: hostile, reason: hostile }] },
    next: { commands: [hostile], about: '2 min' },
  });
  for (const text of [render(report), renderAdviceJson(report)]) {
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
  }
  expect(render(report)).not.toMatch(/^x/m);
  expect(JSON.parse(renderAdviceJson(report))).toMatchObject({ ground: { machine: hostile } });
});
