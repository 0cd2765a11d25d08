/**
 * `make test`: every check, all of them whatever fails, and one closing line `N passed, N failed`. Downloads go on beside the checks that need
 * none of them. Without a browser the page tests cannot run, without a redis-server those of state in Redis: on CI that is a failure, elsewhere
 * it is said in the closing lines and counted as skipped.
 */
import { missingBrowser } from './browser.ts';
import { prepareEngines } from './prepare-engines.ts';
import { missingRedis } from './redis.ts';
import { runKept } from './run-command.ts';
import { type Count, runVitest } from './run-vitest.ts';

const COMMANDS: readonly (readonly [title: string, command: string, ...rest: string[]])[] = [
  ['format and lint', 'biome', 'ci', '--reporter=summary', '.'],
  ['types', 'tsc', '--noEmit'],
  ['unused code and dependencies', 'knip'],
];

const total = { passed: 0, failed: 0, skipped: 0 };
const notRun: string[] = [];
const note = (text: string): void => void process.stdout.write(`${text}\n`);

const preparing = prepareEngines(note);
const checks = COMMANDS.map(([, command, ...rest]) => runKept(command, rest));
for (const [index, [title]] of COMMANDS.entries()) {
  const { ok, output } = (await checks[index]) as Awaited<(typeof checks)[number]>;
  process.stdout.write(output);
  count(title, ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
}
if (canRun('state in Redis', missingRedis())) {
  count('unit, property and conformance tests, and state in Redis', await runVitest('unit', 'redis'));
} else {
  count('unit, property and conformance tests', await runVitest('unit'));
}
count('Kafka, Flink and Spark to test on', await preparing);
if (canRun('the page in a browser', missingBrowser())) {
  count('the page in a browser, and end to end on real Kafka', await runVitest('browser', 'e2e*'));
} else {
  count('end to end on real Kafka', await runVitest('e2e*'));
}
for (const line of notRun) note(line);
note(
  `${total.passed} passed, ${total.failed} failed${total.skipped === 0 ? '' : `, ${total.skipped} skipped`}`,
);
process.exitCode = total.failed === 0 ? 0 : 1;

function count(title: string, { passed, failed }: Count): void {
  total.passed += passed;
  total.failed += failed;
  note(`${failed === 0 ? 'ok    ' : 'FAILED'}  ${title}: ${passed} passed, ${failed} failed\n`);
}

/** `missing`: what the tests lack, and what to do. */
function canRun(title: string, missing: string | undefined): boolean {
  if (missing === undefined) return true;
  notRun.push(`NOT RUN  ${title}: ${missing}`);
  if (process.env.CI) total.failed += 1;
  else total.skipped += 1;
  return false;
}
