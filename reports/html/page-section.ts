import type { Markup } from '../markup/index.ts';

/** A section of the page, with what the list of contents says of it. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Markup;
}
