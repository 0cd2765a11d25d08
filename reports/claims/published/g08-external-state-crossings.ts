import type { DrainPoint } from '../../evidence/index.ts';
import { significant, whole } from '../../numbers/index.ts';
import type { Claim, Pair } from '../claim.ts';
import type { ClaimEvidence } from '../claim-evidence.ts';
import { groundConditions } from '../conditions.ts';
import { clearlyBelow, exactly, ratioOf } from '../estimates.ts';
import { EXTERNAL_STATE } from '../experiments/index.ts';
import type { ClaimFigure, Finding } from '../finding.ts';
import { cellsOf, configurationsOf } from '../lookup.ts';
import { notMeasured } from '../not-measured.ts';
import { keysPerEvent } from './keys-per-event.ts';
import { type StatePlace, statePlaceOf } from './state-place.ts';

/** A read and a write. */
const CROSSINGS_PER_KEY = 2;

/** "Two network crossings per event" for state outside the engine. */
export const G8: Claim = {
  id: 'G8',
  title: 'state in an external store',
  sentence: 'An external state store costs two network crossings for each event.',
  source: 'the founding document of this project',
  experiments: [EXTERNAL_STATE.name],
  claimed: [],
  rule: 'Backlog drained by the micro-batch engine with state in memory, in Redis asked key by key, and in Redis asked for all keys of a batch together. Key by key no slower than memory: does not hold here. Slower, and together clearly faster than key by key: holds in part. Slower, and together no faster: holds. Clearly: the ranges lie apart and the medians by a tenth.',
  decide,
  explanation:
    'A store that is asked key by key makes the engine wait for a read and a write of each key. That is two crossings an event where each event of a batch has a key of its own, fewer where events share keys, since a batch reads and writes each key once. Nothing forces a micro-batch engine to wait in between: all keys of a batch are known before the first is read, and travel together, so that the crossings are paid for each batch. An engine that takes events one at a time has no batch to send, unless it asks asynchronously. State inside the engine (memory, RocksDB) has no crossing, and its durability comes from checkpoints or logs instead.',
};

function decide(evidence: ClaimEvidence, pair: Pair): Finding {
  const engine = pair['micro-batch'];
  if (engine === 'spark') {
    return notMeasured(G8.experiments, {
      because: 'Spark brings no state store behind a network, and this project runs none from elsewhere.',
      wouldChange: 'A state store provider for Redis on the real Spark.',
    });
  }
  const drains = new Map<StatePlace, DrainPoint>();
  for (const configuration of configurationsOf(evidence, EXTERNAL_STATE, engine)) {
    const [drain] = configuration.drains;
    const place = statePlaceOf(configuration);
    if (drain !== undefined && place !== null) drains.set(place, drain);
  }
  const memory = drains.get('memory');
  const eachKey = drains.get('Redis, key by key');
  const together = drains.get('Redis, a batch together');
  if (memory === undefined || eachKey === undefined || together === undefined) {
    return notMeasured(G8.experiments);
  }
  const cost = ratioOf(memory.ratePerSecond, eachKey.ratePerSecond);
  const costTogether = ratioOf(memory.ratePerSecond, together.ratePerSecond);
  const isSlower = clearlyBelow(eachKey.ratePerSecond, memory.ratePerSecond);
  const isAvoided = clearlyBelow(eachKey.ratePerSecond, together.ratePerSecond);
  const shared = { side: 'micro-batch', engine, experiment: EXTERNAL_STATE.name } as const;
  const figures = [...drains].flatMap(([place, drain]): ClaimFigure[] => [
    { ...shared, label: `drain, state in ${place}`, unit: 'events/s', estimate: drain.ratePerSecond },
    ...(drain.cpuSecondsPerMillion === null
      ? []
      : [
          {
            ...shared,
            label: `CPU of the engine per event, state in ${place}`,
            unit: 'us' as const,
            estimate: drain.cpuSecondsPerMillion,
          },
        ]),
  ]);
  const keys = keysPerEvent(
    cellsOf(evidence, EXTERNAL_STATE, engine).filter((cell) => statePlaceOf(cell) === 'Redis, key by key'),
  );
  return {
    verdict: isSlower ? (isAvoided ? 'in-part' : 'holds') : 'not-here',
    because: `Key by key, Redis takes ${significant(cost.median)} times as long for the backlog as memory; with the keys of a batch together ${significant(costTogether.median)} times.`,
    figures: [
      ...figures,
      { ...shared, label: 'time, Redis key by key to memory', unit: 'ratio', estimate: cost },
      { ...shared, label: 'time, Redis a batch together to memory', unit: 'ratio', estimate: costTogether },
      ...(keys === null
        ? []
        : [
            {
              ...shared,
              label: 'crossings per event, key by key',
              unit: 'count' as const,
              estimate: exactly(CROSSINGS_PER_KEY * keys, eachKey.ratePerSecond.count),
            },
          ]),
    ],
    conditions: [
      `merchant-spend, at-least-once, a backlog of ${whole(memory.events)} events in batches back to back`,
      'Redis on the machine of the engine: a crossing over a network costs more',
      'the CPU is that of the engine, without the Redis server',
      ...groundConditions(evidence, [EXTERNAL_STATE], figures),
    ],
    wouldChange:
      'A network between engine and store, which makes each crossing dearer; fewer keys than events in a batch, which makes them fewer.',
  };
}
