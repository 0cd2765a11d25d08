import { OUTPUTS } from '../../workloads/index.ts';
import { compareOutputs, type Difference, differenceCount, type OutputRules } from './compare-outputs.ts';
import type { ComparedOutput, ComparedPair, LateAccount } from './differ-result.ts';
import type { OutputRecord } from './output-record.ts';
import type { PlayedLog } from './play-log.ts';

/** How two engines' records of the results of a workload are held against each other; all other outputs are compared record by record. */
export type ResultRules = Pick<OutputRules, 'identity' | 'lastOfEach' | 'mayBeMissing'>;

const WHOLE_RECORDS: ResultRules = { identity: [], lastOfEach: false, mayBeMissing: () => false };

/**
 * Holds what two engines made of one log against each other: every output that both have, and the late records of an engine that drops and
 * counts them by their number.
 *
 * @param limit so many differences of an output are kept in full
 */
export function compareRuns(
  base: PlayedLog,
  other: PlayedLog,
  results: ResultRules,
  limit: number,
): ComparedPair {
  const outputs = Object.keys(base.outputs)
    .filter((output) => other.outputs[output] !== undefined)
    .map((output) => {
      const rules = output === OUTPUTS.result ? results : WHOLE_RECORDS;
      return comparedOutput(output, base.outputs[output] ?? [], other.outputs[output] ?? [], {
        ...rules,
        limit,
      });
    });
  const late = comparedLate(base.late, other.late);
  return {
    base: base.engine,
    other: other.engine,
    isSame: outputs.every((output) => differenceCount(output) === 0) && late?.agree !== false,
    outputs,
    late,
  };
}

function comparedOutput(
  output: string,
  base: readonly OutputRecord[],
  other: readonly OutputRecord[],
  rules: OutputRules,
): ComparedOutput {
  const { differences, ...compared } = compareOutputs(base, other, rules);
  return {
    output,
    compared: rules.lastOfEach ? 'last-of-each' : 'every-record',
    ...compared,
    differences: differences.map(withoutFields),
    more: differenceCount(compared) - differences.length,
  };
}

function comparedLate(base: LateAccount | null, other: LateAccount | null): ComparedPair['late'] {
  if (base === null || other === null) return null;
  if (base.how === 'put-out' && other.how === 'put-out') return null;
  return { base, other, agree: lateAgree(base, other) };
}

/** Several late rows of a batch may be one after aggregation: between one and all of them is right. */
function lateAgree(base: LateAccount, other: LateAccount): boolean {
  if (base.records > 0 !== other.records > 0) return false;
  const [baseMerged, otherMerged] = [base, other].map(({ how }) => how === 'counted-after-aggregation');
  if (baseMerged && otherMerged) return true;
  if (baseMerged) return base.records <= other.records;
  return otherMerged ? other.records <= base.records : base.records === other.records;
}

function withoutFields(difference: Difference): ComparedOutput['differences'][number] {
  switch (difference.kind) {
    case 'different':
      return {
        kind: difference.kind,
        base: shown(difference.base),
        other: shown(difference.other),
        fields: [...difference.fields],
      };
    case 'only-base':
    case 'only-other':
      return { kind: difference.kind, record: shown(difference.record) };
    case 'repeated':
      return { ...difference, record: shown(difference.record) };
  }
}

function shown({ key, form, value }: OutputRecord): Omit<OutputRecord, 'fields'> {
  return { key, form, value };
}
