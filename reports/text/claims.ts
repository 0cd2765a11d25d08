import type { Claim, ClaimFigure, Finding, Ledger, PairName, Verdict } from '../claims/index.ts';
import { claimedText, figureText, pairText, verdictText } from '../claims-wording/index.ts';
import { cleanText } from '../markup/index.ts';
import { whole } from '../numbers/index.ts';
import { alignTable, type Paint, paint, type TextCell, type TextColumn } from './align.ts';
import { wrapText } from './wrap.ts';

/**
 * A ledger as text for a terminal: the verdicts of each pair of engines with the deciding sentence; then per claim what was published, what was
 * measured under which conditions, the rule, and what would change the verdict; last what limits the whole. Ends with a line break.
 *
 * @param claims that are shown, in their order
 */
export function renderClaimsText(
  ledger: Ledger,
  claims: readonly Claim[],
  { colour }: { readonly colour: boolean },
): string {
  const shown = claims.flatMap((claim): readonly Shown[] => {
    const entry = ledger.entries.find(({ id }) => id === claim.id);
    return entry === undefined ? [] : [{ claim, findings: findingsOf(entry) }];
  });
  const blocks = [
    overviewOf(shown, colour),
    ...shown.map((one) => claimLines(one, colour)),
    closingOf(ledger, colour),
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

interface Shown {
  readonly claim: Claim;
  readonly findings: readonly (readonly [PairName, Finding])[];
}

function findingsOf({ embedded, real }: Ledger['entries'][number]): Shown['findings'] {
  return real === null
    ? [['embedded', embedded]]
    : [
        ['embedded', embedded],
        ['real', real],
      ];
}

const WIDTH = 110;
const plain = (text: string): TextCell => ({ text, paint: 'plain' });
const left = (header: string): TextColumn => ({ header: [header], align: 'left' });
const right = (header: string): TextColumn => ({ header: [header], align: 'right' });

function overviewOf(shown: readonly Shown[], colour: boolean): readonly string[] {
  const pairs = [...new Set(shown.flatMap(({ findings }) => findings.map(([pair]) => pair)))];
  const rows = shown.map(({ claim, findings }) => [
    plain(claim.id),
    plain(cleanText(claim.title)),
    ...findings.map(([, { verdict }]): TextCell => ({ text: verdictText(verdict), paint: PAINTS[verdict] })),
  ]);
  const [header = '', ...lines] = alignTable(
    [left('claim'), left('about'), ...pairs.map((pair) => left(pairText(pair)))],
    rows,
    colour,
  );
  return [
    header,
    ...shown.flatMap(({ findings }, i) => [
      lines[i] ?? '',
      ...findings.flatMap(([pair, { because }]) =>
        hanging(INDENT, findings.length > 1 ? `${pair}: ${cleanText(because)}` : cleanText(because)).map(
          (line) => paint(line, 'dim', colour),
        ),
      ),
    ]),
  ];
}

const INDENT = ' '.repeat(7);

const PAINTS: Readonly<Record<Verdict, Paint>> = {
  holds: 'good',
  'in-part': 'warn',
  'not-here': 'bad',
  'out-of-date': 'bad',
  'not-measured': 'dim',
};

function claimLines({ claim, findings }: Shown, colour: boolean): readonly string[] {
  const claimed = claim.claimed.map((range) => `${range.side} ${claimedText(range)}`).join('; ');
  return [
    paint(`${claim.id}  ${cleanText(claim.title)}`, 'bold', colour),
    ...hanging('  ', `“${cleanText(claim.sentence)}” (${cleanText(claim.source)})`),
    ...labelled('claimed', claimed),
    ...labelled('rule', claim.rule),
    ...labelled('experiments', claim.experiments.join(', ') || 'none: the code decides'),
    ...findings.flatMap(([pair, finding]) => findingLines(pair, finding, colour)),
    ...labelled('why', claim.explanation),
  ];
}

function findingLines(pair: PairName, finding: Finding, colour: boolean): readonly string[] {
  const { verdict, figures, conditions, wouldChange } = finding;
  return [
    labelOf(pair) + paint(verdictText(verdict), PAINTS[verdict], colour),
    ...figureLines(figures, colour),
    ...labelled('', conditions.length === 0 ? '' : `under: ${conditions.join('; ')}`),
    ...labelled('', wouldChange === '' ? '' : `would change it: ${wouldChange}`),
  ];
}

function figureLines(figures: readonly ClaimFigure[], colour: boolean): readonly string[] {
  if (figures.length === 0) return [];
  const rows = figures.flatMap((figure) => {
    const { median, range } = figureText(figure);
    const { engine, label, estimate, experiment } = figure;
    const [first = '', ...others] = wrapText(cleanText(label), WIDEST_LABEL);
    return [
      [engine, first, median, range ?? '', whole(estimate.count), cleanText(experiment ?? 'the code')],
      ...others.map((line) => ['', line]),
    ].map((texts) => texts.map(plain));
  });
  const columns = [
    left('engine'),
    left('measured'),
    right('median'),
    right('range'),
    right('n'),
    left('from'),
  ];
  return alignTable(columns, rows, colour).map((line) => `${LABEL}${line}`);
}

const WIDEST_LABEL = 48;

function closingOf(ledger: Ledger, colour: boolean): readonly string[] {
  const { experiments, machine, createdAt, tool, remarks } = ledger;
  const { gitCommit, gitDirty } = tool;
  const commit =
    gitCommit === null
      ? ''
      : `, commit ${cleanText(gitCommit.slice(0, 12))}${gitDirty ? ' with changes' : ''}`;
  return [
    ...remarks.flatMap((note) => wrapText(cleanText(note), WIDTH).map((line) => paint(line, 'warn', colour))),
    ...hanging(
      '',
      `Medians with the range that covers them over n runs or kills. Results: ${experiments.length}, on ${cleanText(machine)}. Judged ${cleanText(createdAt)} by version ${cleanText(tool.version)}${commit}.`,
    ),
  ];
}

const LABEL_WIDTH = 13;
const labelOf = (label: string): string => `  ${label.padEnd(LABEL_WIDTH)}`;
const LABEL = labelOf('');

/** `label  text`, the text wrapped beside it; nothing without text. */
function labelled(label: string, text: string): readonly string[] {
  if (text === '') return [];
  const lines = wrapText(cleanText(text, LONGEST_TEXT), WIDTH - LABEL.length);
  return lines.map((line, i) => labelOf(i === 0 ? label : '') + line);
}

const LONGEST_TEXT = 2_000;

const hanging = (indent: string, text: string): readonly string[] =>
  wrapText(text, WIDTH - indent.length).map((line) => indent + line);
