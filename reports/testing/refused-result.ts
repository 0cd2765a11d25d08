import type { Cell, Result } from '../model/index.ts';
import { fixtureResult } from './fixture-result.ts';

/** Text that harms an output which does not escape it. */
export const MALICIOUS = `</script><img src=x onerror=alert(1)>"'&|\`*[x](javascript:alert(1))\u001b[31m\u202e\u0000\n# h`;

/** Invented figures of merchant-spend of which one latency run failed its oracle and one drain run is invalid, with hostile texts. */
export function refusedResult(): Result {
  const result = fixtureResult();
  const cells = result.cells.slice(0, 2).map(
    (cell, i): Cell => ({
      ...cell,
      profile: i === 0 ? 'default' : MALICIOUS,
      settings: [...cell.settings, { name: MALICIOUS, value: MALICIOUS, source: 'flag' }],
      runs: cell.runs.map((run) => {
        if (i === 0 && run.kind === 'latency' && run.verification !== null) {
          const verification = {
            ...run.verification,
            passed: false,
            wrong: 3,
            reasons: ['m17: count 4, not 5', MALICIOUS],
          };
          return { ...run, outcome: 'oracle-failed' as const, verification };
        }
        if (i === 1 && run.kind === 'drain') {
          const remark = { code: 'RUN_ACKED_NOT_STORED', message: MALICIOUS, level: 'invalid' as const };
          return { ...run, outcome: 'invalid' as const, remarks: [remark] };
        }
        return run;
      }),
    }),
  );
  return {
    ...result,
    cells,
    command: ['crosscurrent', MALICIOUS],
    broker: { ...result.broker, description: MALICIOUS, comparable: false },
    status: 'interrupted',
  };
}
