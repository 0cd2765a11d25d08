/**
 * `make test`: every check one after the other, all of them whatever fails, and one closing line `N passed, N failed`. Without a browser the
 * page tests cannot run: on CI that is a failure, elsewhere it is said and counted as skipped.
 */
import { spawnSync } from 'node:child_process';
import { missingBrowser } from './browser.ts';
import { type Count, runVitest } from './run-vitest.ts';

const COMMANDS: readonly (readonly [title: string, command: string, ...rest: string[]])[] = [
  ['format and lint', 'biome', 'ci', '--reporter=summary', '.'],
  ['types', 'tsc', '--noEmit'],
  ['unused code and dependencies', 'knip'],
];

const total = { passed: 0, failed: 0, skipped: 0 };
const note = (text: string): void => void process.stdout.write(`${text}\n`);

for (const [title, command, ...rest] of COMMANDS) count(title, runCommand(command, rest));
count('unit, property and conformance tests', runVitest('unit'));
countBrowserTests();
count('end to end on real Kafka', runVitest('e2e*'));
note(
  `${total.passed} passed, ${total.failed} failed${total.skipped === 0 ? '' : `, ${total.skipped} skipped`}`,
);
process.exitCode = total.failed === 0 ? 0 : 1;

function count(title: string, { passed, failed }: Count): void {
  total.passed += passed;
  total.failed += failed;
  note(`${failed === 0 ? 'ok    ' : 'FAILED'}  ${title}: ${passed} passed, ${failed} failed\n`);
}

function countBrowserTests(): void {
  const missing = missingBrowser();
  if (missing === undefined) {
    count('the page in a browser', runVitest('browser'));
    return;
  }
  note(`NOT RUN  the page in a browser: ${missing}\n`);
  if (process.env.CI) total.failed += 1;
  else total.skipped += 1;
}

function runCommand(command: string, commandArguments: readonly string[]): Count {
  const { status } = spawnSync(command, commandArguments, { stdio: 'inherit' });
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}
