import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Counts the tests in the reports that Maven's Surefire wrote, one `TEST-*.xml` a test class; a test in error has failed. A folder that is
 * not there holds none.
 */
export function countSurefireReports(folder: string): { readonly passed: number; readonly failed: number } {
  let passed = 0;
  let failed = 0;
  for (const name of reportsIn(folder)) {
    const suite = /<testsuite\b[^>]*>/.exec(readFileSync(join(folder, name), 'utf8'))?.[0] ?? '';
    const number = (attribute: string): number =>
      Number(new RegExp(`\\b${attribute}="(\\d+)"`).exec(suite)?.[1] ?? 0);
    const notPassed = number('failures') + number('errors');
    failed += notPassed;
    passed += number('tests') - notPassed - number('skipped');
  }
  return { passed, failed };
}

function reportsIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => /^TEST-.*\.xml$/.test(name));
  } catch {
    return [];
  }
}
