/** Of each bootstrap interval: enough for the first two digits of a 95 % interval, and a whole comparison stays below two seconds. */
export const RESAMPLES = 3_000;
