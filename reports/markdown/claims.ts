import type { Claim, ClaimFigure, Finding, Ledger, PairName } from '../claims/index.ts';
import { claimedText, figureText, pairText, VERDICT_SIGNS, verdictText } from '../claims-wording/index.ts';
import { whole } from '../numbers/index.ts';
import { escapeCaption, escapeMarkdown, markdownTable } from './escape.ts';

/**
 * A ledger as Markdown: a table of the verdicts; then per claim what was published, what was measured under which conditions, the rule, and what
 * would change the verdict; last what the ledger rests on. Ends with a line break.
 *
 * @param ledger null where nothing was judged yet: then it says what would be measured, and how it is decided
 */
export function renderClaimsMarkdown(ledger: Ledger | null, claims: readonly Claim[]): string {
  const shown = claims.map((claim): Shown => {
    const entry = ledger?.entries.find(({ id }) => id === claim.id);
    const findings: Shown['findings'] =
      entry === undefined
        ? []
        : [
            ['embedded', entry.embedded],
            ['real', entry.real],
          ];
    return { claim, findings };
  });
  const blocks = [
    ...(ledger === null ? [] : [factsOf(ledger)]),
    overviewTable(shown),
    ...shown.flatMap(claimBlocks),
    ...(ledger === null ? [] : experimentsOf(ledger)),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

interface Shown {
  readonly claim: Claim;
  /** Null of a pair that was not asked. */
  readonly findings: readonly (readonly [PairName, Finding | null])[];
}

const NOT_YET = `${VERDICT_SIGNS['not-measured']} not measured yet`;

function factsOf({ machine, createdAt, tool, remarks }: Ledger): string {
  const commit = tool.gitCommit === null ? '' : `, commit ${tool.gitCommit.slice(0, 12)}`;
  const changes = tool.gitDirty ? ' with changes' : '';
  return [
    `machine: ${machine}`,
    `judged ${createdAt} by version ${tool.version}${commit}${changes}`,
    ...remarks,
  ]
    .map((line) => `- ${escapeCaption(line)}`)
    .join('\n');
}

function overviewTable(shown: readonly Shown[]): string {
  const pairs: readonly PairName[] = ['embedded', 'real'];
  const rows = shown.map(({ claim, findings }) => [
    `[${claim.id}](#${claim.id.toLowerCase()})`,
    escapeMarkdown(claim.title),
    ...pairs.map((pair) => {
      const finding = new Map(findings).get(pair);
      return finding == null ? NOT_YET : verdictText(finding.verdict);
    }),
  ]);
  const header = ['Claim', 'About', ...pairs.map(pairText)];
  return markdownTable([header, header.map(() => '---'), ...rows]);
}

function claimBlocks({ claim, findings }: Shown): readonly string[] {
  const claimed = claim.claimed.map((range) => `${range.side} ${claimedText(range)}`).join('; ');
  const measured = findings.flatMap(([pair, finding]) =>
    finding === null ? [] : findingBlocks(pair, finding),
  );
  return [
    `## ${claim.id}`,
    `**${escapeMarkdown(claim.title)}**`,
    `> ${escapeCaption(claim.sentence)}\n> (${escapeMarkdown(claim.source)})`,
    [
      ...(claimed === '' ? [] : [`- claimed: ${escapeMarkdown(claimed)}`]),
      `- rule: ${escapeCaption(claim.rule)}`,
      `- experiments: ${escapeMarkdown(claim.experiments.join(', ') || 'none: the code decides')}`,
    ].join('\n'),
    ...(measured.length === 0 ? [`**${NOT_YET}**`] : measured),
    `Why: ${escapeCaption(claim.explanation)}`,
  ];
}

function findingBlocks(pair: PairName, finding: Finding): readonly string[] {
  const { verdict, because, figures, conditions, wouldChange } = finding;
  const words = `${escapeMarkdown(pairText(pair))}: **${verdictText(verdict)}**. ${escapeCaption(because)}`;
  const rest = [
    ...(conditions.length === 0 ? [] : [`- under: ${escapeCaption(conditions.join('; '))}`]),
    ...(wouldChange === '' ? [] : [`- would change it: ${escapeCaption(wouldChange)}`]),
  ];
  return [words, figureTable(figures), rest.join('\n')];
}

function figureTable(figures: readonly ClaimFigure[]): string {
  if (figures.length === 0) return '';
  const rows = figures.map((figure) => {
    const { median, range } = figureText(figure);
    return [
      figure.engine,
      figure.label,
      median,
      range ?? 'one value',
      whole(figure.estimate.count),
      figure.experiment ?? 'the code',
    ].map((text) => escapeMarkdown(text));
  });
  return markdownTable([
    ['engine', 'measured', 'median', 'range', 'n', 'experiment'],
    ['---', '---', '--:', '--:', '--:', '---'],
    ...rows,
  ]);
}

function experimentsOf({ experiments }: Ledger): readonly string[] {
  if (experiments.length === 0) return ['No experiment was run.'];
  const rows = experiments.map(({ name, pair, createdAt, passedRuns, refusedRuns, wrongRuns, runsLeft }) => [
    escapeMarkdown(`${pair}/${name}`),
    escapeMarkdown(createdAt),
    ...[passedRuns, refusedRuns, wrongRuns, runsLeft].map(whole),
  ]);
  return [
    '## Experiments',
    markdownTable([
      ['result', 'begun', 'runs passed', 'refused or failed', 'wrong', 'left'],
      ['---', '---', '--:', '--:', '--:', '--:'],
      ...rows,
    ]),
  ];
}
