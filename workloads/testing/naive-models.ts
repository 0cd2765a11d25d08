import { type RecordedLog, type WorkloadName, workloadName } from '../log/index.ts';

type Fields = Record<string, string | number>;

/** Right answers by the plainest means: objects, JSON.parse and one pass, sharing no code with generators or oracles. */
export interface Model {
  /** Every result, in the order in which an engine without batches gives them. */
  readonly results: readonly Fields[];
  readonly late: readonly string[];
  readonly deadLetters: readonly string[];
}

export function modelOf(log: RecordedLog): Model {
  const results: Fields[] = [];
  const late: string[] = [];
  const deadLetters: string[] = [];
  const step = STEPS[workloadName(log.specification.workload)](results);
  const bytes = Buffer.from(log.values);
  for (let sequence = 0; sequence < log.count; sequence += 1) {
    const text = bytes.toString('utf8', log.valueStart[sequence], log.valueStart[sequence + 1]);
    let event: Fields;
    try {
      event = JSON.parse(text);
    } catch {
      deadLetters.push(text);
      continue;
    }
    if (Number(event.eventTimeMs) < 0) late.push(text);
    else step(event);
  }
  return { results, late, deadLetters };
}

const STEPS: Record<WorkloadName, (results: Fields[]) => (event: Fields) => void> = {
  'merchant-spend': (results) => {
    const spend: Record<string, { count: number; totalMinor: number }> = {};
    return ({ merchant, amountMinor }) => {
      const before = spend[String(merchant)] ?? { count: 0, totalMinor: 0 };
      const after = { count: before.count + 1, totalMinor: before.totalMinor + Number(amountMinor) };
      spend[String(merchant)] = after;
      results.push({ merchant: String(merchant), ...after });
    };
  },
  'login-tracker': (results) => {
    const streaks: Record<string, number[]> = {};
    const ordinals: Record<string, number> = {};
    return ({ user, outcome, tsMs }) => {
      const name = String(user);
      const streak = outcome === 'FAILED' ? [...(streaks[name] ?? []), Number(tsMs)] : [];
      streaks[name] = streak.length === 5 ? [] : streak;
      if (streak.length < 5) return;
      const ordinal = (ordinals[name] ?? 0) + 1;
      ordinals[name] = ordinal;
      const [firstTsMs, , , , lastTsMs] = streak as [number, number, number, number, number];
      const reason = `Five failures since ${firstTsMs}`;
      results.push({ user: name, severity: 'HIGH', reason, firstTsMs, lastTsMs, ordinal });
    };
  },
  'regional-revenue': (results) => {
    const windows: Record<string, Fields> = {};
    return ({ region, amountMinor, eventTimeMs }) => {
      if (String(region).startsWith('sentinel')) return;
      const windowStartMs = Math.floor(Number(eventTimeMs) / 300_000) * 300_000;
      const id = `${region} ${windowStartMs}`;
      let window = windows[id];
      if (window === undefined) {
        window = {
          region: String(region),
          windowStartMs,
          windowEndMs: windowStartMs + 300_000,
          count: 0,
          totalMinor: 0,
        };
        windows[id] = window;
        results.push(window);
      }
      window.count = Number(window.count) + 1;
      window.totalMinor = Number(window.totalMinor) + Number(amountMinor);
    };
  },
};
