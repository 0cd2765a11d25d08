import { significant, whole } from '../../numbers/index.ts';
import type { Claim, Pair } from '../claim.ts';
import type { ClaimEvidence } from '../claim-evidence.ts';
import { groundConditions } from '../conditions.ts';
import { ratioOf } from '../estimates.ts';
import { EXTERNAL_STATE } from '../experiments/index.ts';
import type { ClaimFigure, Finding } from '../finding.ts';
import { configurationsOf } from '../lookup.ts';
import { notMeasured } from '../not-measured.ts';
import { statePlaceOf } from './state-place.ts';

/** "Spark has no RocksDB." */
export const G14: Claim = {
  id: 'G14',
  title: 'state in RocksDB',
  sentence: 'Flink keeps state in RocksDB; Spark has no RocksDB.',
  source: 'the founding document of this project',
  experiments: [EXTERNAL_STATE.name],
  claimed: [],
  rule: 'The micro-batch side drained a backlog with its state in RocksDB, and every output was right: out of date. Such a run is missing or was refused: not measured.',
  decide,
  explanation:
    'Spark has had a state store in RocksDB since 3.2 (https://spark.apache.org/docs/latest/streaming/apis-on-dataframes-and-datasets.html#rocksdb-state-store-implementation: "As of Spark 3.2, we add a new built-in state store implementation"): spark.sql.streaming.stateStore.providerClass. It is not the default, so state in memory is what a query gets that does not ask. It takes state off the heap of the virtual machine and its garbage collector, and costs time for each key that is read and written.',
};

function decide(evidence: ClaimEvidence, pair: Pair): Finding {
  const engine = pair['micro-batch'];
  const drained = configurationsOf(evidence, EXTERNAL_STATE, engine).flatMap((configuration) => {
    const place = statePlaceOf(configuration);
    const [drain] = configuration.drains;
    return (place === 'memory' || place === 'RocksDB') && drain !== undefined ? [{ place, ...drain }] : [];
  });
  const memory = drained.find(({ place }) => place === 'memory');
  const rocksDb = drained.find(({ place }) => place === 'RocksDB');
  if (rocksDb === undefined) return notMeasured(G14.experiments);
  const shared = { side: 'micro-batch', engine, experiment: EXTERNAL_STATE.name } as const;
  const ratio = memory === undefined ? null : ratioOf(rocksDb.ratePerSecond, memory.ratePerSecond);
  const figures = [
    ...drained.map(
      ({ place, ratePerSecond }): ClaimFigure => ({
        ...shared,
        label: `drain, state in ${place}`,
        unit: 'events/s',
        estimate: ratePerSecond,
      }),
    ),
    ...(ratio === null
      ? []
      : [{ ...shared, label: 'drain, RocksDB to memory', unit: 'ratio' as const, estimate: ratio }]),
  ];
  return {
    verdict: 'out-of-date',
    because: `${engine} worked off a backlog with its state in RocksDB at ${whole(rocksDb.ratePerSecond.median)} events/s${ratio === null ? '' : `, ${significant(ratio.median)} times the rate with state in memory`}.`,
    figures,
    conditions: [
      `merchant-spend, at-least-once, a backlog of ${whole(rocksDb.events)} events in batches back to back; state that memory could hold`,
      ...groundConditions(evidence, [EXTERNAL_STATE], figures),
    ],
    wouldChange: 'A Spark before 3.2, of which the claim is right.',
  };
}
