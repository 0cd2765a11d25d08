/** Who asks for Java or Maven, for the errors. */
export interface JavaNeed {
  /** Beginning of a sentence: `The embedded Kafka`. */
  readonly what: string;
  /** How to do without, e.g. `choose --broker log`. */
  readonly instead?: string;
}

/** The end of a hint: `, or choose --broker log`. */
export function orInstead({ instead }: JavaNeed): string {
  return instead === undefined ? '' : `, or ${instead}`;
}
