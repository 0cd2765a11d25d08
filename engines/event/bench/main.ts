import { benchMain } from '../../pipeline/bench/index.ts';
import { addedLatency } from './added-latency.ts';
import { engineAlone, fusedChain } from './engine-alone.ts';
import { idlePartition } from './idle-partition.ts';
import { slidingWindows } from './sliding-windows.ts';
import { stateBackends } from './state-bench.ts';
import { stateThroughput } from './state-throughput.ts';

/**
 * The engine's figures without Kafka: `node engines/event/bench/main.ts [--only NAME]... [--json FILE]`. `harness/bench/engine.ts` runs these and those
 * that take a broker.
 */
await benchMain('event', [
  engineAlone,
  fusedChain,
  slidingWindows,
  addedLatency,
  idlePartition,
  stateBackends,
  stateThroughput,
]);
