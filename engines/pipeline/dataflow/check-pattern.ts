import type { PatternNode, PatternSpecification, PatternStage, Quantifier } from './pattern.ts';

/** The name of the automaton's last state in Flink. */
const RESERVED_NAME = '$endState$';

/**
 * Why a pattern is wrong; undefined if it is right. Refused is what Flink refuses while it builds or compiles a pattern
 * (Pattern.java, Quantifier.java and NFACompiler.java of flink-cep).
 */
export function checkPattern(node: PatternNode): string | undefined {
  const { pattern } = node;
  return (
    checkNames(pattern) ??
    checkTime(pattern) ??
    pattern.stages
      .map((stage, index) => checkStage(stage, pattern.stages[index - 1]))
      .find((reason) => reason !== undefined) ??
    checkEnd(pattern) ??
    checkSkip(pattern)
  );
}

function checkNames({ stages }: PatternSpecification): string | undefined {
  if (stages.length === 0) return 'the pattern has no stage';
  const names = stages.map(({ name }) => name);
  if (names.includes('')) return 'every stage needs a name';
  if (names.includes(RESERVED_NAME)) return `a stage may not be named "${RESERVED_NAME}"`;
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? undefined : `two stages are named "${twice}"`;
}

function checkTime({ within }: PatternSpecification): string | undefined {
  return within === undefined || (Number.isSafeInteger(within.timeMs) && within.timeMs >= 0)
    ? undefined
    : 'the time of within must be a whole number of at least 0';
}

function checkStage(stage: PatternStage, before: PatternStage | undefined): string | undefined {
  const { name, contiguity, quantifier } = stage;
  if ((contiguity === 'begin') !== (before === undefined)) {
    return before === undefined
      ? `the first stage must begin, and "${name}" follows`
      : `only the first stage may begin, and "${name}" is none`;
  }
  const reason = isNegative(stage)
    ? (checkNegative(quantifier) ??
      (before !== undefined && isOptional(before.quantifier)
        ? `it may not follow the optional stage "${before.name}"`
        : undefined))
    : checkQuantifier(quantifier, before);
  return reason === undefined ? undefined : `stage "${name}": ${reason}`;
}

function checkNegative(quantifier: Quantifier): string | undefined {
  const { kind, optional, greedy, consecutive, allowCombinations, until } = quantifier;
  return kind !== 'one' || optional || greedy || consecutive || allowCombinations || until !== undefined
    ? 'a stage that must not come can be neither repeated nor optional'
    : undefined;
}

function checkQuantifier(quantifier: Quantifier, before: PatternStage | undefined): string | undefined {
  const { kind, min, optional, greedy, consecutive, allowCombinations, until } = quantifier;
  if (kind === 'one') {
    if (greedy) return 'greedy needs a repeated stage';
    if (consecutive) return 'consecutive needs a repeated stage';
    if (allowCombinations) return 'allowCombinations needs a repeated stage';
  } else {
    const reason = checkTimes(quantifier);
    if (reason !== undefined) return reason;
  }
  if (optional && kind === 'times' && min === 0) return 'times from 0 makes it optional already';
  if (optional && before?.quantifier.greedy)
    return `optional may not follow the greedy stage "${before.name}"`;
  if (consecutive && allowCombinations) return 'consecutive and allowCombinations exclude each other';
  return until !== undefined && kind !== 'timesOrMore' ? 'until needs a loop without limit' : undefined;
}

function checkTimes({ kind, min, max }: Quantifier): string | undefined {
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max)) return 'times must be whole numbers';
  const from = kind === 'times' && min === 0 ? 1 : min;
  if (from < 1) return 'times must be above 0';
  return max < from ? `times must not end below ${from}` : undefined;
}

function checkEnd({ stages, within }: PatternSpecification): string | undefined {
  const last = stages.at(-1);
  return last?.contiguity === 'notFollowedBy' && !(within !== undefined && within.timeMs > 0)
    ? `stage "${last.name}": notFollowedBy at the end needs within`
    : undefined;
}

function checkSkip({ stages, skip }: PatternSpecification): string | undefined {
  return 'stage' in skip && !stages.some(({ name }) => name === skip.stage)
    ? `${skip.kind} names "${skip.stage}", which is no stage`
    : undefined;
}

function isNegative({ contiguity }: PatternStage): boolean {
  return contiguity === 'notNext' || contiguity === 'notFollowedBy';
}

function isOptional({ kind, min, optional }: Quantifier): boolean {
  return optional || (kind === 'times' && min === 0);
}
