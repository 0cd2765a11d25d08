import type { Claim, ClaimId } from '../claim.ts';
import type { ClaimFigure, Finding, Verdict } from '../finding.ts';
import { LEDGER_KIND, type Ledger } from '../ledger.ts';
import { notMeasured } from '../not-measured.ts';

/** Invented claims and what was found of them, every verdict among them: for tests of the reports only. */
interface LedgerFixture {
  readonly claims: readonly Claim[];
  readonly ledger: Ledger;
}

/** Null where a side has no such figure. */
type Row = readonly [label: string, event: number | null, microBatch: number | null];

interface Case {
  readonly id: ClaimId;
  readonly title: string;
  readonly sentence: string;
  readonly verdict: Verdict;
  /** Null where the real systems were not asked. */
  readonly real: Verdict | null;
  readonly claimed?: Claim['claimed'];
  readonly unit?: ClaimFigure['unit'];
  readonly rows?: readonly Row[];
}

const CASES: readonly Case[] = [
  {
    id: 'G1',
    title: 'p99 with default settings',
    sentence: 'With default settings the p99 of Flink is 10 to 100 ms, that of Spark 500 ms to 2 s.',
    verdict: 'in-part',
    real: 'not-here',
    claimed: [
      { side: 'event-driven', unit: 'ms', from: 10, to: 100 },
      { side: 'micro-batch', unit: 'ms', from: 500, to: 2_000 },
    ],
    unit: 'ms',
    rows: [
      ['p99, merchant-spend at 1,000/s', 23.4, 641],
      ['p99, merchant-spend at 10,000/s', 48.2, 702],
    ],
  },
  {
    id: 'G5',
    title: 'the batch interval as a floor of the latency',
    sentence: 'With a 500 ms batch interval no result can appear in fewer than 500 ms.',
    verdict: 'not-here',
    real: 'not-measured',
    claimed: [{ side: 'micro-batch', unit: 'ms', from: 500, to: null }],
    unit: 'share',
    rows: [['inputs visible in less than 500 ms', null, 0.471]],
  },
  {
    id: 'G6',
    title: 'throughput where a second of delay is acceptable',
    sentence: "Spark's throughput ceiling is often higher when a second of delay is acceptable.",
    verdict: 'holds',
    real: 'holds',
    unit: 'events/s',
    rows: [
      ['backlog of 1,000,000 events, merchant-spend', 52_300, 118_000],
      ['sustainable at p99 of 2 s, merchant-spend', 41_000, 87_500],
    ],
  },
  {
    id: 'G10',
    title: 'recovery by checkpoint interval',
    sentence: 'Tighter checkpoint intervals recover faster, and write more.',
    verdict: 'in-part',
    real: null,
    claimed: [{ side: 'event-driven', unit: 'ms', from: null, to: 3_000 }],
    unit: 'ms',
    rows: [
      ['caught up after a kill, checkpoints every 100 ms, 100,000 keys, 5,000 events/s', 1_240, 2_900],
      ['caught up after a kill, checkpoints every 30 s, 100,000 keys, 5,000 events/s', 4_810, 9_700],
    ],
  },
  {
    id: 'G13',
    title: 'session windows',
    sentence: 'Spark has tumbling and sliding windows only.',
    verdict: 'out-of-date',
    real: 'out-of-date',
  },
  {
    id: 'G16',
    title: 'exactly-once end to end',
    sentence: 'Both are exactly-once end to end with Kafka.',
    verdict: 'holds',
    real: 'in-part',
    unit: 'records',
    rows: [['duplicates after ten kills', 0, 0]],
  },
];

export function ledgerFixture(): LedgerFixture {
  return {
    claims: CASES.map(claimOf),
    ledger: {
      kind: LEDGER_KIND,
      schemaVersion: 1,
      createdAt: '2026-02-03T04:05:06.000Z',
      tool: { version: '0.9.0', gitCommit: '4f1c2e0a9b7d', gitDirty: false },
      machine: 'AMD EPYC 7763, 2 cores, 8 GiB',
      experiments: (['embedded', 'real'] as const).map((pair) => ({
        name: 'some-experiment',
        pair,
        createdAt: '2026-02-03T03:00:00.000Z',
        passedRuns: pair === 'embedded' ? 12 : 3,
        refusedRuns: 1,
        wrongRuns: 0,
        runsLeft: pair === 'embedded' ? 0 : 2,
      })),
      remarks: ['`some-experiment` was interrupted on the real systems, 2 of its runs are left.'],
      entries: CASES.map((one) => ({
        id: one.id,
        embedded: findingOf(one, one.verdict, 'embedded'),
        real: one.real === null ? null : findingOf(one, one.real, 'real'),
      })),
    },
  };
}

/** The same of which every text of the ledger is the given one. */
export function hostileLedger(text: string): Ledger {
  const { ledger } = ledgerFixture();
  const hostile = (finding: Finding): Finding => ({
    verdict: finding.verdict,
    because: text,
    figures: finding.figures.map((figure) => ({ ...figure, label: text, experiment: text })),
    conditions: [text],
    wouldChange: text,
  });
  return {
    ...ledger,
    createdAt: text,
    tool: { version: text, gitCommit: text, gitDirty: true },
    machine: text,
    remarks: [text],
    experiments: ledger.experiments.map((experiment) => ({ ...experiment, name: text, createdAt: text })),
    entries: ledger.entries.map(({ id, embedded, real }) => ({
      id,
      embedded: hostile(embedded),
      real: real && hostile(real),
    })),
  };
}

function claimOf(one: Case): Claim {
  const finding = findingOf(one, one.verdict, 'embedded');
  return {
    id: one.id,
    title: one.title,
    sentence: one.sentence,
    source: 'the founding document of this project',
    experiments: one.rows === undefined ? [] : ['some-experiment'],
    claimed: one.claimed ?? [],
    rule: `What must be measured of ${one.title} for it to hold, to hold in part, or not to hold here.`,
    decide: () => finding,
    explanation: `The mechanism behind ${one.title}. It is told in a few sentences, long enough to fill more than a line of the page, and without any figure.`,
  };
}

function findingOf(one: Case, verdict: Verdict, pair: 'embedded' | 'real'): Finding {
  if (verdict === 'not-measured') return notMeasured(['some-experiment']);
  return {
    verdict,
    because: `What was found of ${one.title} on the ${pair} engines, in a sentence or two with the figures that decided: 23.4 ms and 641 ms.`,
    figures: (one.rows ?? []).flatMap((row) => figuresOf(row, one.unit ?? 'ms', pair)),
    conditions:
      one.rows === undefined
        ? ['what the engines can express, on any machine']
        : ['merchant-spend, 10 s a run, at-least-once', 'profile `default`'],
    wouldChange: 'Another interval: `crosscurrent claims --claim G1`.',
  };
}

/** Real systems have higher figures, of one run each. */
const REAL_FACTOR = 1.3;
const SPREAD = 0.15;

function figuresOf(
  [label, event, microBatch]: Row,
  unit: ClaimFigure['unit'],
  pair: 'embedded' | 'real',
): readonly ClaimFigure[] {
  const figure = (
    side: ClaimFigure['side'],
    engine: ClaimFigure['engine'],
    value: number | null,
  ): readonly ClaimFigure[] => {
    if (value === null) return [];
    const median = pair === 'embedded' || unit === 'share' ? value : value * REAL_FACTOR;
    const spread = pair === 'embedded' ? SPREAD : 0;
    const count = pair === 'embedded' ? 5 : 1;
    const estimate = { median, low: median * (1 - spread), high: median * (1 + spread), count };
    return [{ side, engine, label, unit, estimate, experiment: 'some-experiment' }];
  };
  return [
    ...figure('event-driven', pair === 'embedded' ? 'event' : 'flink', event),
    ...figure('micro-batch', pair === 'embedded' ? 'micro-batch' : 'spark', microBatch),
  ];
}
