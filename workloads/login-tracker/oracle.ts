import { ExpectedRecords } from '../expected-records.ts';
import { FlatJsonReader, type RecordedLog, valueReader } from '../log/index.ts';
import type { Oracle, OutputVerdict } from '../oracle.ts';
import { COVERS, REPEAT, wrong } from '../verdicts.ts';
import { OUTPUTS } from '../workload.ts';
import { ALERT, ALERT_AFTER, alertReason, FAILED, LOGIN, SEVERITY } from './records.ts';

/** Every alert of every user, known by its ordinal. A sample is an alert; its clock starts with the fifth failure. */
export function loginOracle(log: RecordedLog): Oracle {
  const { alerts, alertsOfKey, broken } = readLogins(log);
  const deadLetters = new ExpectedRecords('broken record', broken);
  const users = new Map(log.keys.map((key, index) => [key, index]));
  const seen = new Uint8Array(alerts.length);
  const alert = new FlatJsonReader(ALERT);
  let missingSamples = alerts.length;

  function observeAlert(value: string, cover: (sequence: number) => void): OutputVerdict {
    if (!alert.read(value)) return wrong(`not an alert: ${value}`);
    const [user, severity, reason] = alert.texts as [string, string, string];
    const [firstTsMs, lastTsMs, ordinal] = alert.numbers.slice(3) as [number, number, number];
    const index = users.get(user);
    const own = index === undefined ? undefined : alertsOfKey[index];
    const number = own?.[ordinal - 1];
    if (number === undefined) return wrong(`the user has ${own?.length ?? 0} alerts: ${value}`);
    const expected = alerts[number] as Alert;
    if (firstTsMs !== expected.firstTsMs || lastTsMs !== expected.lastTsMs) {
      return wrong(
        `this alert is of the failures from ${expected.firstTsMs} to ${expected.lastTsMs}: ${value}`,
      );
    }
    if (severity !== SEVERITY || reason !== alertReason(firstTsMs))
      return wrong(`severity or reason: ${value}`);
    if (seen[number] === 1) return REPEAT;
    seen[number] = 1;
    missingSamples -= 1;
    cover(expected.sequence);
    return COVERS;
  }

  return {
    expectedSamples: alerts.length,
    expectedLateRecords: 0,
    expectedDeadLetters: deadLetters.expected,
    sampleSequences: Uint32Array.from(alerts, ({ sequence }) => sequence),
    observe(output, value, cover) {
      if (output === OUTPUTS.result) return observeAlert(value, cover);
      if (output === OUTPUTS.deadLetter) return deadLetters.observe(value);
      return wrong(`an output that this workload does not have: ${output}`);
    },
    missing: () => ({ samples: missingSamples, lateRecords: 0, deadLetters: deadLetters.missing }),
  };
}

interface Alert {
  readonly firstTsMs: number;
  readonly lastTsMs: number;
  /** Of the fifth failure. */
  readonly sequence: number;
}

interface Alerts {
  readonly alerts: readonly Alert[];
  /** For each key the numbers of its alerts in `alerts`, by ordinal. */
  readonly alertsOfKey: readonly (readonly number[] | undefined)[];
  readonly broken: readonly string[];
}

function readLogins(log: RecordedLog): Alerts {
  const textOf = valueReader(log);
  const login = new FlatJsonReader(LOGIN);
  const failures = new Uint8Array(log.keys.length);
  const firstTsMs = new Float64Array(log.keys.length);
  const alerts: Alert[] = [];
  const alertsOfKey = new Array<number[] | undefined>(log.keys.length);
  const broken: string[] = [];
  for (let sequence = 0; sequence < log.count; sequence += 1) {
    const text = textOf(sequence);
    if (!login.read(text)) {
      broken.push(text);
      continue;
    }
    const key = log.keyOf[sequence] as number;
    const tsMs = login.numbers[3] as number;
    const streak = login.texts[2] === FAILED ? (failures[key] as number) + 1 : 0;
    if (streak === 1) firstTsMs[key] = tsMs;
    failures[key] = streak % ALERT_AFTER;
    if (streak < ALERT_AFTER) continue;
    const own = alertsOfKey[key] ?? [];
    alertsOfKey[key] = own;
    own.push(alerts.length);
    alerts.push({ firstTsMs: firstTsMs[key] as number, lastTsMs: tsMs, sequence });
  }
  return { alerts, alertsOfKey, broken };
}
