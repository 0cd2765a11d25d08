import type { Claim, Pair, Side } from '../claim.ts';
import type { Capability, ClaimEvidence } from '../claim-evidence.ts';
import { exactly } from '../estimates.ts';
import type { Finding } from '../finding.ts';
import { notMeasured } from '../not-measured.ts';

const KINDS: readonly Capability[] = ['tumbling-window', 'sliding-window', 'session-window', 'global-window'];

/** What the real systems can do by their documentation: the adapters of this project have capabilities for what its jobs use. */
const DOCUMENTED: Partial<Record<Pair[Side], readonly Capability[]>> = {
  flink: KINDS,
  spark: ['tumbling-window', 'sliding-window', 'session-window'],
};

/** "Spark has tumbling and sliding windows only." */
export const G13: Claim = {
  id: 'G13',
  title: 'kinds of windows',
  sentence:
    'Flink has tumbling, sliding, session and global windows; Spark has tumbling and sliding windows only.',
  source: 'the founding document of this project',
  experiments: [],
  claimed: [],
  rule: 'Kinds of windows that each side has: of the engines of this project by their capabilities, of the real systems by these and their documentation. The micro-batch side has session windows: out of date. It has tumbling and sliding windows alone, and the event-driven side all four kinds: holds. Anything else: does not hold here.',
  decide,
  explanation:
    'Spark has session windows since 3.2 (https://spark.apache.org/docs/3.2.1/api/python/reference/api/pyspark.sql.functions.session_window.html: "New in version 3.2.0"), and this project runs them on the real Spark for its conformance vectors. What Spark still lacks of the four is a global window with a trigger of its own, and with it custom triggers and evictors; an aggregation without a window is the nearest it has. Flink: https://nightlies.apache.org/flink/flink-docs-stable/docs/dev/datastream/operators/windows/.',
};

function decide(evidence: ClaimEvidence, pair: Pair): Finding {
  const event = kindsOf(evidence, pair['event-driven']);
  const batch = kindsOf(evidence, pair['micro-batch']);
  if (event.length === 0 || batch.length === 0) {
    return notMeasured(G13.experiments, {
      because: 'It is not known what one of the engines can do.',
      wouldChange: 'Its capabilities.',
    });
  }
  const isDocumented = DOCUMENTED[pair['micro-batch']] !== undefined;
  const asClaimed = batch.length === 2 && !batch.includes('global-window') && event.length === KINDS.length;
  return {
    verdict: batch.includes('session-window') ? 'out-of-date' : asClaimed ? 'holds' : 'not-here',
    because: `${pair['event-driven']} has ${listOf(event)}; ${pair['micro-batch']} has ${listOf(batch)}.`,
    figures: (['event-driven', 'micro-batch'] as const).map((side) => ({
      side,
      engine: pair[side],
      label: 'kinds of windows, of four',
      unit: 'count',
      estimate: exactly(kindsOf(evidence, pair[side]).length),
      experiment: null,
    })),
    conditions: [
      isDocumented
        ? 'by the documentation of Flink and Spark, which the explanation names: the jobs of this project on the real systems use tumbling windows alone'
        : 'by the capabilities in the code, each with its conformance tests: docs/capabilities.md',
    ],
    wouldChange: 'A Spark before 3.2, of which the claim is right.',
  };
}

function kindsOf(evidence: ClaimEvidence, engine: Pair[Side]): readonly Capability[] {
  const capabilities = evidence.capabilitiesOf(engine);
  const documented = DOCUMENTED[engine] ?? [];
  return KINDS.filter((kind) => capabilities.has(kind) || documented.includes(kind));
}

/** `tumbling, sliding and session windows`. */
function listOf(kinds: readonly Capability[]): string {
  const names = kinds.map((kind) => kind.replace('-window', ''));
  const last = names.at(-1);
  return names.length < 2 ? `${last} windows` : `${names.slice(0, -1).join(', ')} and ${last} windows`;
}
