import { ExpectedRecords } from '../expected-records.ts';
import { FlatJsonReader, KeyIndex, type RecordedLog, valueBytes } from '../log/index.ts';
import type { Oracle, OutputVerdict } from '../oracle.ts';
import { COVERS, REPEAT, wrong } from '../verdicts.ts';
import { OUTPUTS } from '../workload.ts';
import { ALERT, ALERT_AFTER, alertReason, FAILED, LOGIN, SEVERITY } from './records.ts';

/** Every alert of every user, known by its ordinal. A sample is an alert; its clock starts with the fifth failure. */
export function loginOracle(log: RecordedLog): Oracle {
  const { alerts, alertsOfKey, broken } = readLogins(log);
  const deadLetters = new ExpectedRecords('broken record', broken);
  const users = new KeyIndex(log.keys);
  const seen = new Uint8Array(alerts.length);
  const alert = new FlatJsonReader(ALERT);
  let missingSamples = alerts.length;

  function observeAlert(value: Uint8Array, cover: (sequence: number) => void): OutputVerdict {
    if (!alert.read(value)) return wrong('not an alert');
    const index = users.find(alert.source, alert.textStart[0] as number, alert.textEnd[0] as number);
    const own = index < 0 ? undefined : alertsOfKey[index];
    const firstTsMs = alert.numbers[3] as number;
    const ordinal = alert.numbers[5] as number;
    const number = own?.[ordinal - 1];
    if (number === undefined) return wrong(`the user has ${own?.length ?? 0} alerts`);
    const expected = alerts[number] as Alert;
    if (firstTsMs !== expected.firstTsMs || alert.numbers[4] !== expected.lastTsMs) {
      return wrong(`this alert is of the failures from ${expected.firstTsMs} to ${expected.lastTsMs}`);
    }
    if (!alert.textIs(1, SEVERITY) || !alert.textIs(2, alertReason(firstTsMs)))
      return wrong('severity or reason');
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
  readonly broken: readonly Uint8Array[];
}

function readLogins(log: RecordedLog): Alerts {
  const login = new FlatJsonReader(LOGIN);
  const failures = new Uint8Array(log.keys.length);
  const firstTsMs = new Float64Array(log.keys.length);
  const alerts: Alert[] = [];
  const alertsOfKey = new Array<number[] | undefined>(log.keys.length);
  const broken: Uint8Array[] = [];
  for (let sequence = 0; sequence < log.count; sequence += 1) {
    const record = valueBytes(log, sequence);
    if (!login.read(record)) {
      broken.push(record);
      continue;
    }
    const key = log.keyOf[sequence] as number;
    const tsMs = login.numbers[3] as number;
    const streak = login.textIs(2, FAILED) ? (failures[key] as number) + 1 : 0;
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
