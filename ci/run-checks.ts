/**
 * `make test`: every check one after the other, all of them whatever fails, and one closing line `N passed, N failed`. Without a browser the
 * page tests cannot run: on CI that is a failure, elsewhere it is said and counted as skipped.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flinkPipeline } from '../engines/flink/index.ts';
import { sparkPipeline } from '../engines/spark/index.ts';
import { missingBrowser } from './browser.ts';

interface Count {
  readonly passed: number;
  readonly failed: number;
}

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
count('jars of Flink and Spark', await prepareEngines());
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

/** Here and not in a test: a first download of 450 MB would outlast its time limit and be seen by nobody. */
async function prepareEngines(): Promise<Count> {
  const total = { passed: 0, failed: 0 };
  for (const pipeline of [flinkPipeline(), sparkPipeline()]) {
    try {
      await pipeline.prepare(note);
      total.passed += 1;
    } catch (error) {
      note((error as Error).message);
      total.failed += 1;
    }
  }
  return total;
}

function runCommand(command: string, commandArguments: readonly string[]): Count {
  const { status } = spawnSync(command, commandArguments, { stdio: 'inherit' });
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** A run that ends without a report, or with a failure that belongs to no test, counts as one failure. */
function runVitest(projects: string): Count {
  const folder = mkdtempSync(join(tmpdir(), 'crosscurrent-checks-'));
  const outputFile = join(folder, 'report.json');
  try {
    const { status } = spawnSync(
      'vitest',
      [
        'run',
        '--project',
        projects,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${outputFile}`,
      ],
      { stdio: 'inherit' },
    );
    const report = JSON.parse(readFileSync(outputFile, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
    };
    const failed = report.numFailedTests === 0 && status !== 0 ? 1 : report.numFailedTests;
    return { passed: report.numPassedTests, failed };
  } catch (error) {
    note(`no report of vitest ${projects}: ${(error as Error).message}`);
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
