import { OUTPUTS } from '../../workloads/index.ts';
import type { Compared, ComparedOutput, ComparedPair, DifferResult, LateAccount } from './differ-result.ts';

type Difference = ComparedOutput['differences'][number];
type ShownRecord = Extract<Difference, { kind: 'only-base' }>['record'];

const REASONS_SHOWN = 3;
const VALUE_CHARACTERS = 1_000;
const LATE_NOTE =
  '  (late records that an engine drops cannot be held against others one by one; windows of equal counts and sums left out the same ones)\n';

/** What the engines of one group made of their log, a line a pair and each difference record by record, for a terminal. */
export function renderCompared(compared: Compared): string {
  const { workload, guarantee, profile, log, runs, pairs } = compared;
  const title = [workload, guarantee, ...(profile === 'default' ? [] : [profile])].join(', ');
  const needsNote = pairs.some(({ late }) => late !== null);
  return [
    `${title}: ${whole(log.records)} records, log ${log.sha256.slice(0, 12)}\n`,
    ...runs.map(wrongRun),
    ...pairs.map((pair) => renderPair(pair)),
    needsNote ? LATE_NOTE : '',
  ].join('');
}

/** The last line. */
export function renderConclusion({ compared, isSame }: Pick<DifferResult, 'compared' | 'isSame'>): string {
  if (isSame) return 'The same, and right.\n';
  const pairs = compared.flatMap((group) => group.pairs);
  const differing = pairs.filter((pair) => !pair.isSame).length;
  const wrong = compared.flatMap(({ runs }) => runs).filter(({ oraclePassed }) => !oraclePassed).length;
  return `${differing} of ${pairs.length} pairs differ, ${wrong} wrong by the oracle.\n`;
}

function wrongRun({ engine, oraclePassed, oracleReasons }: Compared['runs'][number]): string {
  if (oraclePassed) return '';
  const shown = oracleReasons.slice(0, REASONS_SHOWN).map((reason) => `    ${printable(reason)}\n`);
  return `  ${engine} is wrong by the oracle:\n${shown.join('')}${andMore(oracleReasons.length - shown.length, '    ')}`;
}

function renderPair(pair: ComparedPair): string {
  const { base, other, isSame, outputs, late } = pair;
  const parts = [...outputs.map((output) => summary(output, pair)), ...(late ? [lateSummary(late)] : [])];
  const verdict = isSame ? 'the same' : 'DIFFERENT';
  const details = outputs.map((output) => {
    const shown = output.differences.map((difference) => renderDifference(difference, pair));
    return shown.join('') + andMore(output.more, '    ');
  });
  return `  ${base} and ${other}: ${verdict}: ${parts.join('; ')}\n${details.join('')}`;
}

function summary(compared: ComparedOutput, { base, other }: ComparedPair): string {
  const { output, same, different, onlyBase, onlyOther, repeated, leftOpen } = compared;
  const what = compared.compared === 'last-of-each' ? `last ${nameOf(output)} of each key` : nameOf(output);
  const counts: readonly [number, string][] = [
    [different, 'differ'],
    [onlyBase, `only in ${base}`],
    [onlyOther, `only in ${other}`],
    [repeated, 'not equally often'],
    [leftOpen, 'left open by how an engine is stopped'],
  ];
  const rest = counts.filter(([count]) => count > 0).map(([count, text]) => `, ${whole(count)} ${text}`);
  return `${whole(same)} ${what}${rest.length > 0 ? ' the same' : ''}${rest.join('')}`;
}

function nameOf(output: string): string {
  switch (output) {
    case OUTPUTS.result:
      return 'results';
    case OUTPUTS.late:
      return 'late records';
    case OUTPUTS.deadLetter:
      return 'dead letters';
    default:
      return output;
  }
}

function lateSummary({ base, other, agree }: NonNullable<ComparedPair['late']>): string {
  return `late records: ${account(base)}, ${account(other)}${agree ? '' : ', which do NOT agree'}`;
}

function account({ how, records }: LateAccount): string {
  switch (how) {
    case 'put-out':
      return `${whole(records)} put out`;
    case 'counted':
      return `${whole(records)} dropped and counted`;
    case 'counted-after-aggregation':
      return `dropped, ${whole(records)} counted after partial aggregation`;
  }
}

function renderDifference(difference: Difference, { base, other }: ComparedPair): string {
  switch (difference.kind) {
    case 'different': {
      const width = Math.max(base.length, other.length);
      const line = (engine: string, record: ShownRecord): string =>
        `      ${engine.padEnd(width)}  ${recordText(record)}\n`;
      const fields = printable(difference.fields.join(', '));
      return `    differs in ${fields}:\n${line(base, difference.base)}${line(other, difference.other)}`;
    }
    case 'only-base':
      return `    only in ${base}:\n      ${recordText(difference.record)}\n`;
    case 'only-other':
      return `    only in ${other}:\n      ${recordText(difference.record)}\n`;
    case 'repeated': {
      const { record, baseTimes, otherTimes } = difference;
      return `    ${whole(baseTimes)} times in ${base}, ${whole(otherTimes)} times in ${other}:\n      ${recordText(record)}\n`;
    }
  }
}

function recordText({ key, form, value }: ShownRecord): string {
  const text = value ?? '(no value)';
  const cut = text.length > VALUE_CHARACTERS ? `${text.slice(0, VALUE_CHARACTERS)}…` : text;
  return printable(`${key ?? '(no key)'}  ${form === 'bytes' ? `(no JSON) ${cut}` : cut}`);
}

function andMore(count: number, indent: string): string {
  return count > 0 ? `${indent}and ${whole(count)} more\n` : '';
}

const WHOLE = new Intl.NumberFormat('en');
const whole = (count: number): string => WHOLE.format(count);

/** A record may hold anything, and none of it may act on the terminal. */
function printable(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
