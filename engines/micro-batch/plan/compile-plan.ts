import {
  type AggregateNode,
  type Dataflow,
  type KeyedProcessNode,
  type NamedAggregate,
  requiredFields,
  type Schema,
  type SourceNode,
  type TumblingWindow,
  type WindowNode,
} from '../../pipeline/index.ts';
import type {
  BatchPlan,
  EventTime,
  KeyPlan,
  PlanOperator,
  PlanStep,
  RowFunction,
  SourcePlan,
} from './batch-plan.ts';

/**
 * Turns a valid dataflow into a plan: fuses neighbouring maps and filters, finds the columns that are read at all,
 * and picks operator and output mode. `final` is Spark's append mode, `changes` its update mode.
 */
export function compilePlan(dataflow: Dataflow): BatchPlan {
  const draft = new PlanDraft();
  for (const node of dataflow.nodes) {
    switch (node.kind) {
      case 'source':
        draft.source(node);
        break;
      case 'map':
        draft.rowFunction({ kind: 'map', map: node.map }, node.schema);
        break;
      case 'filter':
        draft.rowFunction({ kind: 'filter', predicate: node.predicate });
        break;
      case 'watermark':
        draft.watermark({ field: node.field, delayMs: node.delayMs });
        break;
      case 'keyBy':
        draft.keyBy(node.field);
        break;
      case 'window':
        draft.window = node;
        break;
      case 'aggregate':
        draft.aggregate(node);
        break;
      case 'keyedProcess':
        draft.process(node);
        break;
      case 'sink':
        break;
    }
  }
  return draft.plan(requiredFields(dataflow));
}

class PlanDraft {
  window: WindowNode | undefined;
  #source: SourceNode | undefined;
  #schema: Schema = {};
  #steps: PlanStep[] = [];
  #eventTime: EventTime | undefined;
  #key: KeyPlan | undefined;
  #operator: PlanOperator | undefined;

  source(node: SourceNode): void {
    this.#source = node;
    this.#schema = node.schema;
  }

  rowFunction(added: RowFunction, schema: Schema = this.#schema): void {
    const last = this.#steps.at(-1);
    this.#schema = schema;
    if (last?.kind === 'rows') {
      const functions = [...last.functions, added];
      this.#steps = [...this.#steps.slice(0, -1), { kind: 'rows', functions, outputSchema: schema }];
    } else {
      this.#steps.push({ kind: 'rows', functions: [added], outputSchema: schema });
    }
  }

  watermark(eventTime: EventTime): void {
    this.#eventTime = eventTime;
    this.#steps.push({ kind: 'watermark', field: eventTime.field });
  }

  keyBy(field: string): void {
    this.#key = { field, type: this.#schema[field] === 'utf8' ? 'utf8' : 'number' };
  }

  aggregate({ aggregates, emit }: AggregateNode): void {
    // The capabilities of this engine admit no other window and no other aggregates.
    const window = this.window?.window as TumblingWindow | undefined;
    this.#operator = {
      kind: 'aggregate',
      key: this.#key,
      window:
        window === undefined
          ? undefined
          : { sizeMs: window.sizeMs, slideMs: window.sizeMs, offsetMs: window.offsetMs },
      eventTime: window === undefined ? undefined : this.#eventTime,
      aggregates: aggregates as Readonly<Record<string, NamedAggregate>>,
      outputMode: emit === 'final' ? 'append' : 'update',
    };
  }

  process({ process, orderBy }: KeyedProcessNode): void {
    this.#operator = {
      kind: 'process',
      key: this.#key as KeyPlan,
      eventTime: this.#eventTime,
      process,
      orderBy,
    };
  }

  plan(sourceColumns: readonly string[]): BatchPlan {
    const { input, schema } = this.#source as SourceNode;
    const source: SourcePlan = {
      input,
      schema,
      columns: sourceColumns,
      steps: this.#steps,
      watermarkDelayMs: this.#eventTime?.delayMs,
    };
    return { sources: [source], operator: this.#operator ?? { kind: 'pass-through' } };
  }
}
