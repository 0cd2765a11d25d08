/**
 * `make test-real`: the tests of the jobs for the real Flink and the real Spark, by the engines' own test tools, then vectors that they
 * print anew, then the tests of the adapters on the engines themselves, and one closing line `N passed, N failed` as `make test` has. Maven builds below .cache/, so that nothing appears
 * beside the sources.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CrosscurrentError, EXIT_CODE } from '../errors/index.ts';
import { requireCompiler } from '../java/index.ts';
import { runFreshVectors } from './fresh-vectors.ts';
import { prepareEngines } from './prepare-engines.ts';
import { type Count, runVitest } from './run-vitest.ts';
import { countSurefireReports } from './surefire-reports.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const ENGINES = ['flink', 'spark'];

const note = (text: string): void => void process.stdout.write(`${text}\n`);
const total = { passed: 0, failed: 0 };

try {
  await requireCompiler({ what: 'make test-real' });
  for (const engine of ENGINES) count(`${engine} jobs`, runTests(engine));
  count('new vectors of the real Flink and Spark', await runFreshVectors(note));
  count('Kafka, Flink and Spark to test on', await prepareEngines(note));
  count('adapters on the real engines', await runVitest('real-engines'));
  note(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof CrosscurrentError)) throw error;
  process.stderr.write(`error ${error.code}: ${error.message}\n${error.hint}\n`);
  process.exitCode = EXIT_CODE[error.exit];
}

/** A build that fails without a failed test counts as one failure. */
function runTests(engine: string): Count {
  const build = join(ROOT, '.cache', `${engine}-job-tests`);
  const reports = join(build, 'surefire-reports');
  rmSync(reports, { recursive: true, force: true });
  note(`Testing the ${engine} jobs (the first time Maven fetches their jars)`);
  const { status, error } = spawnSync('mvn', ['-B', 'test', `-DbuildFolder=${build}`], {
    cwd: join(ROOT, 'engines', engine, 'jobs'),
    stdio: 'inherit',
  });
  if (error !== undefined) note(`mvn did not run: ${error.message}`);
  const { passed, failed } = countSurefireReports(reports);
  return { passed, failed: failed === 0 && status !== 0 ? 1 : failed };
}

function count(title: string, { passed, failed }: Count): void {
  total.passed += passed;
  total.failed += failed;
  note(`${failed === 0 ? 'ok    ' : 'FAILED'}  ${title}: ${passed} passed, ${failed} failed\n`);
}
