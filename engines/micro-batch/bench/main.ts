import { benchMain } from '../../pipeline/bench/index.ts';
import { decodedColumns, jsonToAggregate } from './columnar-alone.ts';
import { stateProviders } from './state-providers.ts';
import { triggerCost } from './trigger-cost.ts';

/**
 * The engine's figures without Kafka: `node engines/micro-batch/bench/main.ts [--only NAME]... [--json FILE]`. `harness/bench/engine.ts` runs these and
 * those that take a broker.
 */
await benchMain('micro-batch', [decodedColumns, jsonToAggregate, triggerCost, stateProviders]);
