/** Values of a matrix file: what `crosscurrent matrix` takes (docs/matrix.schema.json), checked by who runs it. */
export type MatrixValues = Readonly<Record<string, unknown>>;

/** Cells of a matrix that answer one or several claims. Each is one result, which may be interrupted and continued. */
export interface Experiment {
  /** Of the folder of its result, in kebab-case. */
  readonly name: string;
  /** What it measures, in a few words. */
  readonly title: string;
  /** On the engines of this project. */
  readonly embedded: MatrixValues;
  /** On the real systems, fewer and shorter since each run starts a cluster; null where they have no part in it. */
  readonly real: MatrixValues | null;
}
