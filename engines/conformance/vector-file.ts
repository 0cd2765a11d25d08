import { readFile } from 'node:fs/promises';
import { CrosscurrentError } from '../../errors/index.ts';
import type { VectorRunners } from '../pipeline/index.ts';
import { conformanceErrors } from './errors.ts';
import { VECTOR_KINDS, vectorKindOf } from './vector-kind.ts';

/** How one vector file went. */
export interface VectorFileReport {
  readonly file: string;
  readonly passed: number;
  readonly failed: readonly VectorFailure[];
  /** Reason to number of cases. */
  readonly notApplicable: Readonly<Record<string, number>>;
}

interface VectorFailure {
  readonly id: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/**
 * Runs every case of a JSON Lines vector file through the engine that models it.
 *
 * @param runners by vector format
 * @throws CONFORMANCE_FILE_MISSING, CONFORMANCE_LINE_BROKEN, CONFORMANCE_FILE_UNKNOWN
 */
export async function runVectorFile(file: string, runners: VectorRunners): Promise<VectorFileReport> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw conformanceErrors.error('CONFORMANCE_FILE_MISSING', { file }, error);
  });
  let passed = 0;
  const failed: VectorFailure[] = [];
  const notApplicable: Record<string, number> = {};
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const vectorCase = parseLine(file, index + 1, line);
    const outcome = await runCase(file, index + 1, vectorCase, runners);
    switch (outcome.outcome) {
      case 'passed':
        passed += 1;
        break;
      case 'failed':
        failed.push({ id: String(vectorCase.id), expected: outcome.expected, actual: outcome.actual });
        break;
      case 'not-applicable':
        notApplicable[outcome.reason] = (notApplicable[outcome.reason] ?? 0) + 1;
        break;
      default:
        outcome satisfies never;
    }
  }
  if (passed + failed.length + Object.keys(notApplicable).length === 0) {
    throw unknownFile(file, 'it is empty.');
  }
  return { file, passed, failed, notApplicable };
}

async function runCase(
  file: string,
  line: number,
  vectorCase: Readonly<Record<string, unknown>>,
  runners: VectorRunners,
) {
  const kind = vectorKindOf(vectorCase);
  if (kind === undefined) throw unknownFile(file, `line ${line} is of no known format.`);
  const run = runners[kind];
  if (!run) return { outcome: 'not-applicable', reason: `no engine here models ${kind}` } as const;
  try {
    return await run(vectorCase);
  } catch (error) {
    if (!(error instanceof CrosscurrentError)) throw error;
    throw conformanceErrors.error('CONFORMANCE_LINE_BROKEN', { file, line, problem: error.message }, error);
  }
}

function parseLine(file: string, line: number, text: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return parsed as Record<string, unknown>;
  } catch (error) {
    throw conformanceErrors.error(
      'CONFORMANCE_LINE_BROKEN',
      { file, line, problem: (error as Error).message },
      error,
    );
  }
  throw conformanceErrors.error('CONFORMANCE_LINE_BROKEN', { file, line, problem: 'it is no JSON object.' });
}

function unknownFile(file: string, problem: string): CrosscurrentError {
  return conformanceErrors.error('CONFORMANCE_FILE_UNKNOWN', {
    file,
    problem,
    known: VECTOR_KINDS.join(', '),
  });
}
