/** `make test`: every check one after the other, all of them whatever fails, and one closing line `N passed, N failed`. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Count {
  readonly passed: number;
  readonly failed: number;
}

const COMMANDS: readonly (readonly [title: string, command: string, ...rest: string[]])[] = [
  ['format and lint', 'biome', 'ci', '--reporter=summary', '.'],
  ['types', 'tsc', '--noEmit'],
  ['unused code and dependencies', 'knip'],
];
const VITEST_PROJECTS = ['unit', 'e2e'] as const;

const total = { passed: 0, failed: 0 };
const note = (text: string): void => void process.stdout.write(`${text}\n`);

for (const [title, command, ...rest] of COMMANDS) count(title, runCommand(command, rest));
for (const project of VITEST_PROJECTS) count(`vitest ${project}`, runVitest(project));
note(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

function count(title: string, { passed, failed }: Count): void {
  total.passed += passed;
  total.failed += failed;
  note(`${failed === 0 ? 'ok    ' : 'FAILED'}  ${title}: ${passed} passed, ${failed} failed\n`);
}

function runCommand(command: string, commandArguments: readonly string[]): Count {
  const { status } = spawnSync(command, commandArguments, { stdio: 'inherit' });
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** A run that ends without a report, or with a failure that belongs to no test, counts as one failure. */
function runVitest(project: string): Count {
  const folder = mkdtempSync(join(tmpdir(), 'crosscurrent-checks-'));
  const outputFile = join(folder, 'report.json');
  try {
    const { status } = spawnSync(
      'vitest',
      ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${outputFile}`],
      { stdio: 'inherit' },
    );
    const report = JSON.parse(readFileSync(outputFile, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
      numFailedTestSuites: number;
    };
    const failed = report.numFailedTests + (report.numFailedTests === 0 && status !== 0 ? 1 : 0);
    return { passed: report.numPassedTests, failed };
  } catch (error) {
    note(`no report of vitest ${project}: ${(error as Error).message}`);
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
