import type { Dataflow, Row } from '../dataflow/index.ts';

/** So many results are right first. */
const RIGHT_RESULTS = 5;

/** wrong-total: one result, of all that pass, carries a sum that is one too large. Dataflows without a sum are left as they are. */
export class ResultSpoiler {
  readonly #field: string | undefined;
  #seen = 0;

  constructor(dataflow: Dataflow) {
    const aggregate = dataflow.nodes.find((node) => node.kind === 'aggregate');
    this.#field = Object.entries(aggregate?.aggregates ?? {}).find(
      ([, { function: name }]) => name === 'sum',
    )?.[0];
  }

  pass(row: Row): Row {
    const field = this.#field;
    if (field === undefined || this.#seen++ !== RIGHT_RESULTS) return row;
    return { ...row, [field]: (row[field] as number) + 1 };
  }
}
