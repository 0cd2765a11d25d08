import type { Configuration, LatencyPoint } from '../../evidence/index.ts';
import { significant, whole } from '../../numbers/index.ts';
import type { Claim, Pair, Side } from '../claim.ts';
import type { ClaimEvidence } from '../claim-evidence.ts';
import { groundConditions } from '../conditions.ts';
import type { Experiment } from '../experiment.ts';
import { EVENT_PATTERNS, LOGIN_FUNCTIONS } from '../experiments/index.ts';
import type { ClaimFigure, Finding } from '../finding.ts';
import { configurationsOf, missingOf } from '../lookup.ts';
import { notMeasured } from '../not-measured.ts';

/** "Five failed logins within 30 s, velocity bursts: event patterns on Flink." */
export const G15: Claim = {
  id: 'G15',
  title: 'patterns of events',
  sentence:
    'Five failed logins within 30 s, or a burst of payments, call for the event patterns (CEP) of Flink.',
  source: 'the founding document of this project',
  experiments: [EVENT_PATTERNS.name, LOGIN_FUNCTIONS.name],
  claimed: [],
  rule: 'The event-driven side must have found the patterns of both problems, every alert right, else: not measured. The micro-batch side has no patterns and no function per key either: holds. It has no patterns, but found five failures in a row by a function per key, every alert right: holds in part. It has patterns too: does not hold here.',
  decide,
  explanation:
    'A pattern is a state machine over the events of a key. Flink brings a library that builds it from a description (https://nightlies.apache.org/flink/flink-docs-stable/docs/libs/cep/), sorts events by time before it reads them, and so waits for the watermark. Spark brings none, but a function per key with state (flatMapGroupsWithState, transformWithState) says the same machine by hand: five in a row is a counter. What is hard by hand is what the library does beside it: order, time limits, overlapping matches, conditions on earlier events of a match.',
};

function decide(evidence: ClaimEvidence, pair: Pair): Finding {
  const [event, batch] = [pair['event-driven'], pair['micro-batch']];
  const solved = (side: Side) => latenciesOf(evidence, LOGIN_FUNCTIONS, pair, side);
  if (!evidence.capabilitiesOf(event).has('pattern')) {
    const both = [...solved('event-driven'), ...solved('micro-batch')];
    return {
      ...notMeasured(G15.experiments, {
        because: `This project runs no pattern on ${event}. Its own engine for patterns gives what Flink's library gives on the same events (conformance vectors).${both.length < 2 ? '' : ` A function per key finds five failures in a row on ${event} and on ${batch}, every alert right.`}`,
        wouldChange: `A job with patterns for ${event}.`,
      }),
      figures: both.flatMap(figuresOf),
    };
  }
  const patterns = latenciesOf(evidence, EVENT_PATTERNS, pair, 'event-driven');
  if (new Set(patterns.map(({ workload }) => workload)).size < 2)
    return notMeasured(missingOf(evidence, G15.experiments));
  const capabilities = evidence.capabilitiesOf(batch);
  const functions = solved('micro-batch');
  const hasFunctions = capabilities.has('keyed-process');
  if (!capabilities.has('pattern') && hasFunctions && functions.length === 0)
    return notMeasured(missingOf(evidence, G15.experiments));
  const figures = [...patterns, ...functions, ...solved('event-driven')].flatMap(figuresOf);
  const rate = patterns[0]?.point.ratePerSecond ?? 0;
  const shared = `${event} found the patterns of both problems, every alert right`;
  return {
    ...(capabilities.has('pattern')
      ? { verdict: 'not-here', because: `${shared}; ${batch} has patterns too.` }
      : hasFunctions
        ? {
            verdict: 'in-part',
            because: `${shared}. ${batch} has no patterns, and finds five failures in a row by a function per key, every alert right, with a median of ${medianOf(functions)}.`,
          }
        : { verdict: 'holds', because: `${shared}; ${batch} has neither patterns nor functions per key.` }),
    figures,
    conditions: [
      `${whole(rate)} events/s, at-least-once, default settings`,
      'as a pattern: five failures in a row within 30 s; as a function per key: five in a row at any distance',
      'the latency of a pattern counts from the event that lets a perfect engine close it: the watermark has to pass the last event of a match',
      ...groundConditions(evidence, [EVENT_PATTERNS, LOGIN_FUNCTIONS], figures),
    ],
    wouldChange: 'A library of patterns for the micro-batch side, or a problem with overlapping matches.',
  };
}

interface Seen {
  readonly side: Side;
  readonly engine: Pair[Side];
  readonly experiment: string;
  readonly workload: string;
  readonly point: LatencyPoint;
}

function latenciesOf(
  evidence: ClaimEvidence,
  experiment: Experiment,
  pair: Pair,
  side: Side,
): readonly Seen[] {
  const engine = pair[side];
  return configurationsOf(evidence, experiment, engine).flatMap(({ workload, latencies }: Configuration) => {
    const [point] = latencies;
    return point === undefined ? [] : [{ side, engine, experiment: experiment.name, workload, point }];
  });
}

function figuresOf({ side, engine, experiment, workload, point }: Seen): ClaimFigure[] {
  const name = workload.split('/').at(-1) ?? workload;
  return (['p50', 'p99'] as const).flatMap((percentile) => {
    const estimate = point[`${percentile}Ms`];
    return estimate === null
      ? []
      : [{ side, engine, experiment, label: `${percentile}, ${name}`, unit: 'ms', estimate }];
  });
}

const medianOf = ([first]: readonly Seen[]): string =>
  first?.point.p50Ms ? `${significant(first.point.p50Ms.median)} ms` : 'unknown length';
