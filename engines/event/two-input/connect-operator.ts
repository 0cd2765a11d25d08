import type { KeyedProcess, Row, TwoInputProcess } from '../../pipeline/index.ts';
import type { KeyedProcessOptions } from '../keyed-process/index.ts';
import type { KeyedOperator } from '../operator/index.ts';
import type { BroadcastTable } from './broadcast-table.ts';
import { TwoInputOperator } from './two-input-operator.ts';

export interface ConnectOptions<Raw> extends Omit<KeyedProcessOptions<Raw>, 'process'> {
  readonly process: TwoInputProcess;
  readonly broadcast: BroadcastTable;
}

/** The operator of a connect node (Flink's KeyedCoProcessOperator and CoBroadcastWithKeyedOperator). */
export function createConnectOperator<Raw>({
  process,
  broadcast,
  ...options
}: ConnectOptions<Raw>): KeyedOperator<Raw> {
  switch (process.kind) {
    case 'keyed':
      return new TwoInputOperator({ ...options, processOf: (input) => keyed(process, input) });
    case 'broadcast':
      return new TwoInputOperator({
        ...options,
        processOf: () => reading(process, broadcast),
        onBroadcast: (row) => process.processBroadcast(row, broadcast),
      });
  }
}

function keyed(process: TwoInputProcess & { readonly kind: 'keyed' }, input: () => number): KeyedProcess {
  return {
    processRows: ([row], context) => {
      if (input() === 0) process.processFirst(row as Row, context);
      else process.processSecond(row as Row, context);
    },
    ...(process.onEventTimeTimer && {
      onEventTimeTimer: (timeMs, context) => process.onEventTimeTimer?.(timeMs, context),
    }),
    ...(process.onProcessingTimeTimer && {
      onProcessingTimeTimer: (timeMs, context) => process.onProcessingTimeTimer?.(timeMs, context),
    }),
  };
}

function reading(
  process: TwoInputProcess & { readonly kind: 'broadcast' },
  broadcast: BroadcastTable,
): KeyedProcess {
  return {
    processRows: ([row], context) => process.processKeyed(row as Row, broadcast, context),
    ...(process.onEventTimeTimer && {
      onEventTimeTimer: (timeMs, context) => process.onEventTimeTimer?.(timeMs, broadcast, context),
    }),
    ...(process.onProcessingTimeTimer && {
      onProcessingTimeTimer: (timeMs, context) => process.onProcessingTimeTimer?.(timeMs, broadcast, context),
    }),
  };
}
