/** A small table of words and figures, the same in every form of the report. The first column names the row. */
export interface Sheet {
  readonly title: string;
  /** What the reader has to know to read it; one or two sentences. */
  readonly caption: string;
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
