import { cleanText } from '../markup/index.ts';

/** What became of a test case; `message` says why. `error`: it could not be carried out. */
export type JunitOutcome =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failure' | 'error' | 'skipped'; readonly message: string };

export interface JunitCase {
  /** CI servers build their tree from the dots in it. */
  readonly classname: string;
  readonly name: string;
  readonly seconds: number;
  readonly outcome: JunitOutcome;
  /** What is worth reading beside the outcome; empty for nothing. */
  readonly output: string;
}

interface JunitSuite {
  readonly name: string;
  readonly cases: readonly JunitCase[];
}

const LONGEST_MESSAGE = 2_000;

/**
 * Suites as JUnit XML in the dialect that Jenkins and GitLab read (`testsuites/testsuite/testcase` with `failure`, `error`, `skipped`,
 * `system-out`). Every text is escaped; what XML 1.0 forbids is not in it.
 */
export function junitDocument(name: string, suites: readonly JunitSuite[]): string {
  const totals = countsOf(suites.flatMap(({ cases }) => cases));
  const body = suites.map(
    (suite) =>
      `  <testsuite name="${xml(suite.name)}" ${countsOf(suite.cases)}>\n${suite.cases.map(caseElement).join('')}  </testsuite>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${xml(name)}" ${totals}>\n${body.join('')}</testsuites>\n`;
}

function countsOf(cases: readonly JunitCase[]): string {
  const count = (kind: JunitOutcome['kind']) => cases.filter(({ outcome }) => outcome.kind === kind).length;
  const seconds = cases.reduce((sum, testCase) => sum + testCase.seconds, 0);
  return `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}" time="${seconds.toFixed(3)}"`;
}

function caseElement({ classname, name, seconds, outcome, output }: JunitCase): string {
  const children = [
    ...(outcome.kind === 'passed' ? [] : [`<${outcome.kind} message="${xml(outcome.message)}"/>`]),
    ...(output === '' ? [] : [`<system-out>${xml(output)}</system-out>`]),
  ];
  const attributes = `classname="${xml(classname)}" name="${xml(name)}" time="${seconds.toFixed(3)}"`;
  if (children.length === 0) return `    <testcase ${attributes}/>\n`;
  return `    <testcase ${attributes}>\n${children.map((child) => `      ${child}\n`).join('')}    </testcase>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for content and for quoted attributes. XML 1.0 section 2.2 has no form for most control characters, lone surrogates, U+FFFE and U+FFFF. */
function xml(text: string): string {
  return cleanText(text, LONGEST_MESSAGE)
    .replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** One level of a classname: no dot in it opens another. */
export function classLevel(text: string): string {
  return cleanText(text).replaceAll('.', '_');
}
