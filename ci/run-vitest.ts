import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runShown } from './run-command.ts';

export interface Count {
  readonly passed: number;
  readonly failed: number;
}

/** Runs projects of vitest.config.ts. A run that ends without a report, or with a failure that belongs to no test, counts as one failure. */
export async function runVitest(...projects: readonly string[]): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), 'crosscurrent-checks-'));
  const outputFile = join(folder, 'report.json');
  try {
    const exitCode = await runShown('vitest', [
      'run',
      ...projects.flatMap((project) => ['--project', project]),
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${outputFile}`],
    ]);
    const report = JSON.parse(readFileSync(outputFile, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
    };
    const failed = report.numFailedTests === 0 && exitCode !== 0 ? 1 : report.numFailedTests;
    return { passed: report.numPassedTests, failed };
  } catch (error) {
    process.stdout.write(`no report of vitest ${projects.join(', ')}: ${(error as Error).message}\n`);
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
