import type { Dataflow, DataflowNode, InputChain, WindowNode } from '../../pipeline/index.ts';
import type { EventTime, KeyPlan } from './batch-plan.ts';
import { type LogicalPlan, type RowPlan, schemaOf } from './logical-plan.ts';
import { type OperatorInput, PASS_THROUGH, type PlannedOperator, planOperator } from './planned-operator.ts';

/** The logical plan of a valid dataflow, one node of it after the other, nothing changed. */
export function analyseDataflow({ name, nodes }: Dataflow): LogicalPlan {
  const chain = readChain(name, nodes);
  const children = chain.operatorRows ?? [chain.rows as RowPlan];
  return { output: chain.output, planned: chain.planned ?? PASS_THROUGH, children };
}

/** A chain of nodes, as far as it was read. */
class Chain {
  rows: RowPlan | undefined;
  planned: PlannedOperator | undefined;
  /** Of the operator's inputs. */
  operatorRows: readonly RowPlan[] | undefined;
  output = '';
  readonly #dataflow: string;
  #eventTime: EventTime | undefined;
  #key: KeyPlan | undefined;
  #window: WindowNode | undefined;

  constructor(dataflow: string) {
    this.#dataflow = dataflow;
  }

  add(node: DataflowNode): void {
    switch (node.kind) {
      case 'source': {
        const { input, schema } = node;
        this.rows = { kind: 'source', input, schema, columns: Object.keys(schema), condition: undefined };
        break;
      }
      case 'union': {
        const inputs = node.inputs.map((nodes) => readChain(this.#dataflow, nodes));
        this.rows = { kind: 'union', children: inputs.map(({ rows }) => rows as RowPlan) };
        this.#eventTime = inputs[0]?.operatorInput().eventTime;
        break;
      }
      case 'map':
        this.rows = { kind: 'map', map: node.map, schema: node.schema, child: this.rows as RowPlan };
        break;
      case 'filter': {
        const { predicate, condition } = node;
        this.rows = { kind: 'filter', predicate, condition, child: this.rows as RowPlan };
        break;
      }
      case 'watermark': {
        const { field, delayMs } = node;
        this.#eventTime = { field, delayMs };
        this.rows = { kind: 'watermark', field, delayMs, seen: 'by-row', child: this.rows as RowPlan };
        break;
      }
      case 'keyBy': {
        const type = schemaOf(this.rows as RowPlan)[node.field] === 'utf8' ? 'utf8' : 'number';
        this.#key = { field: node.field, type };
        break;
      }
      case 'window':
        this.#window = node;
        break;
      case 'sink':
        this.output = node.output;
        break;
      case 'intervalJoin': {
        const inputs = node.inputs.map((nodes) => readChain(this.#dataflow, nodes));
        this.operatorRows = inputs.map(({ rows }) => rows as RowPlan);
        this.planned = planOperator(
          node,
          inputs.map((input) => input.operatorInput()),
        );
        break;
      }
      default:
        this.operatorRows = [this.rows as RowPlan];
        this.planned = planOperator(node, [this.operatorInput()]);
    }
  }

  operatorInput(): OperatorInput {
    const schema = schemaOf(this.rows as RowPlan);
    return {
      dataflow: this.#dataflow,
      schema,
      key: this.#key,
      eventTime: this.#eventTime,
      window: this.#window,
    };
  }
}

function readChain(dataflow: string, nodes: InputChain): Chain {
  const chain = new Chain(dataflow);
  for (const node of nodes) chain.add(node);
  return chain;
}
