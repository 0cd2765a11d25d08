/** The run whose figure is the middle one, the lower of two: the one to draw where there is room for one. Null of no run. */
export function middleRun<Run>(runs: readonly Run[], figure: (run: Run) => number): Run | null {
  const sorted = [...runs].sort((a, b) => figure(a) - figure(b));
  return sorted[(sorted.length - 1) >> 1] ?? null;
}
