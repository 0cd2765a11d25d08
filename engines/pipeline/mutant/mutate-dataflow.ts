import type { Dataflow, KeyedProcess, KeyedProcessContext } from '../dataflow/index.ts';
import type { EngineMutant } from '../lifecycle/index.ts';

/** The defects that an engine shows when it misreads its dataflow; others leave it as it is. For tests alone. */
export function mutateDataflow(dataflow: Dataflow, mutant: EngineMutant | undefined): Dataflow {
  switch (mutant) {
    case 'window-off-by-one':
      return {
        ...dataflow,
        nodes: dataflow.nodes.map((node) =>
          node.kind === 'window' && node.window.type === 'tumbling'
            ? { ...node, window: { ...node.window, offsetMs: node.window.offsetMs + 1 } }
            : node,
        ),
      };
    case 'reset-missed':
      return {
        ...dataflow,
        nodes: dataflow.nodes.map((node) =>
          node.kind === 'keyedProcess' ? { ...node, process: withoutClear(node.process) } : node,
        ),
      };
    default:
      return dataflow;
  }
}

function withoutClear(process: KeyedProcess): KeyedProcess {
  const { onEventTimeTimer, onProcessingTimeTimer } = process;
  return {
    ...process,
    processRows: (rows, context) => process.processRows(rows, deafToClear(context)),
    ...(onEventTimeTimer && {
      onEventTimeTimer: (timeMs, context) => onEventTimeTimer.call(process, timeMs, deafToClear(context)),
    }),
    ...(onProcessingTimeTimer && {
      onProcessingTimeTimer: (timeMs, context) =>
        onProcessingTimeTimer.call(process, timeMs, deafToClear(context)),
    }),
  };
}

function deafToClear(context: KeyedProcessContext): KeyedProcessContext {
  return new Proxy(context, {
    get(target, name) {
      if (name === 'clearState') return () => {};
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
