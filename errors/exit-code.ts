/** The one table of exit codes; every command of the CLI ends with one of these. */
export const EXIT_CODE = {
  ok: 0,
  crash: 1,
  usage: 2,
  regression: 3,
  inconclusive: 4,
  oracle: 5,
  invalid: 6,
  interrupted: 130,
} as const;

export type ExitReason = keyof typeof EXIT_CODE;
