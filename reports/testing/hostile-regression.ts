import type { RegressionReport } from '../regression/index.ts';
import { MALICIOUS } from './refused-result.ts';
import { regressionFixture } from './regression-fixture.ts';

/** Names that harm an output which does not escape or clip them. */
export const HOSTILE_NAMES: readonly string[] = [
  MALICIOUS,
  'a|b`c',
  '--> ]]> </details> <!--',
  '%0A::error::x\r\n::set-output name=a::b',
  '\ufffe\uffff\ud800\u0008\u009b',
  'x'.repeat(10_000_000),
];

/** A comparison of which every text is the given one. */
export function hostileRegression(name: string, report = regressionFixture()): RegressionReport {
  const difference = { name, base: name, head: name };
  const side = { name, gitCommit: name, createdAt: name, command: [name], wrong: [name] };
  return {
    ...report,
    base: { ...report.base, ...side },
    head: { ...report.head, ...side },
    differences: [difference],
    cellDifferences: [{ workload: name, cell: name, guarantee: name, rows: [difference] }],
    rows: report.rows.map((row) => ({
      ...row,
      workload: name,
      engine: name,
      profile: name,
      guarantee: name,
      variables: { name },
      cell: name,
      sentence: name,
    })),
    remarks: [name],
    outcome: 'wrong',
  };
}
