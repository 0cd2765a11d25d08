/** Aggregates by name, so that a columnar engine can vectorise them and an incremental one can fold them. */
export type Aggregate =
  | { readonly function: 'count' }
  | { readonly function: 'sum' | 'min' | 'max' | 'avg'; readonly field: string };

export const count = (): Aggregate => ({ function: 'count' });
export const sum = (field: string): Aggregate => ({ function: 'sum', field });
export const min = (field: string): Aggregate => ({ function: 'min', field });
export const max = (field: string): Aggregate => ({ function: 'max', field });
export const avg = (field: string): Aggregate => ({ function: 'avg', field });
