/** What `ps -o pid=,time=,rss=` says of each process: CPU seconds and resident MiB, by id. For systems without /proc. */
export function usagesOf(
  answer: string,
): ReadonlyMap<number, { readonly cpuSeconds: number; readonly rssMb: number }> {
  const usages = new Map<number, { cpuSeconds: number; rssMb: number }>();
  for (const line of answer.split('\n')) {
    const [processId, time, rssKb] = line.trim().split(/\s+/);
    if (time === undefined || rssKb === undefined) continue;
    usages.set(Number(processId), { cpuSeconds: secondsOf(time), rssMb: Number(rssKb) / 1_024 });
  }
  return usages;
}

/** [[days-]hours:]minutes:seconds[.hundredths] */
function secondsOf(time: string): number {
  const [clock = '', days = '0'] = time.split('-').reverse();
  const seconds = clock.split(':').reduce((total, part) => total * 60 + Number(part), 0);
  return Number(days) * 86_400 + seconds;
}
