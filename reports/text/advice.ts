import { type Candidate, candidatesOf, type Judged, type Recommended } from '../advice/index.ts';
import {
  type AdviceReport,
  basisText,
  CONFIDENCE_WORDS,
  configurationText,
  headline,
  limitText,
  objectiveText,
  rangeText,
  rejectionText,
  timesText,
  valueText,
  verificationText,
  weaknessText,
} from '../advice-wording/index.ts';
import type { Ground } from '../evidence/index.ts';
import { cleanText } from '../markup/index.ts';
import { sharePercent } from '../numbers/index.ts';
import { alignTable, paint, type TextCell, type TextColumn } from './align.ts';

/** Rejected configurations that are shown: the nearest. */
const MOST_REJECTED = 6;

/**
 * An advice as text for a terminal: the answer in a sentence, how to run it, the evidence by limit, what gives way first, the runner-up
 * and its price, what was not measured, and on what all of it stands. Ends with a line break.
 */
export function renderAdviceText(report: AdviceReport, { colour }: { readonly colour: boolean }): string {
  const { advice, verification } = report;
  const candidates =
    advice.kind === 'recommended' ? [advice.choice] : advice.kind === 'either' ? advice.choices : [];
  const isAnswer = candidates.length > 0;
  const blocks = [
    [
      paint(headline(advice), isAnswer ? 'good' : 'warn', colour),
      `Asked: ${objectiveText(advice.objective)}.`,
      ...(isAnswer ? [`How sure: ${CONFIDENCE_WORDS[advice.confidence]}.`] : []),
    ],
    ...candidates.map((candidate) => candidateLines(candidate, report, colour)),
    advice.kind === 'recommended' ? runnerUpLines(advice) : [],
    rejectedLines(report),
    nextLines(report),
    groundLines(report, colour),
    verification === null
      ? []
      : [
          paint(
            verificationText(verification),
            verification.outcome === 'confirmed' ? 'good' : 'bad',
            colour,
          ),
          ...candidatesOf(verification.advice).flatMap((candidate) => evidenceTable(candidate, colour)),
        ],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function candidateLines(candidate: Candidate, { options }: AdviceReport, colour: boolean): readonly string[] {
  const { configuration, weakness } = candidate;
  return [
    `${paint(configurationText(candidate), 'bold', colour)}: ${(options[configuration.id] ?? []).map((part) => cleanText(part)).join(' ')}`,
    ...evidenceTable(candidate, colour),
    `Gives way first: ${weaknessText(weakness)}.`,
  ];
}

const COLUMNS: readonly TextColumn[] = [
  { header: ['limit'], align: 'left' },
  { header: ['measured'], align: 'right' },
  { header: ['range'], align: 'left' },
  { header: ['values'], align: 'right' },
  { header: ['left'], align: 'right' },
  { header: ['how'], align: 'left' },
  { header: ['file'], align: 'left' },
];

/** A line a limit, and one for the CPU where no limit is set on it. */
function evidenceTable({ checks, cost }: Candidate, colour: boolean): readonly string[] {
  const rows = checks.map(({ requirement, reading, headroom }) => [
    limitText(requirement),
    valueText(requirement, reading.estimate.median),
    rangeText(requirement, reading.estimate),
    String(reading.estimate.count),
    sharePercent(headroom),
    `${requirement.kind === 'rate' && reading.basis.kind !== 'search' ? 'the highest that held' : basisText(reading.basis)}${reading.neverSteady ? ', never steady' : ''}`,
    filesText(reading.files),
  ]);
  if (cost !== null && checks.every(({ requirement }) => requirement.kind !== 'cost')) {
    rows.push([
      'no limit: CPU per million events',
      valueText({ kind: 'cost' }, cost.estimate.median),
      rangeText({ kind: 'cost' }, cost.estimate),
      String(cost.estimate.count),
      '',
      basisText(cost.basis),
      filesText(cost.files),
    ]);
  }
  const cells = rows.map((row) => row.map((text): TextCell => ({ text, paint: 'plain' })));
  return alignTable(COLUMNS, cells, colour).map((line) => `  ${line}`);
}

const MOST_FILES = 3;

function filesText(files: readonly string[]): string {
  const shown = files.slice(0, MOST_FILES).map((file) => cleanText(file, 120));
  const more = files.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function runnerUpLines({ runnerUp }: Recommended): readonly string[] {
  if (runnerUp === null) return ['Runner-up: none; nothing else that was measured meets every limit.'];
  const price = runnerUp.price.map(
    ({ metric, ratio, apart }) =>
      `${metric === 'cost' ? 'CPU per event' : metric} ${timesText(ratio)}${apart ? '' : ' (ranges overlap)'}`,
  );
  return [`Runner-up: ${configurationText(runnerUp.candidate)}. Against the choice: ${price.join(', ')}.`];
}

function rejectedLines({ advice }: AdviceReport): readonly string[] {
  const shown = advice.rejected.slice(0, MOST_REJECTED);
  const more = advice.rejected.length - shown.length;
  return [
    ...advice.excluded.map(
      ({ engine, lacks }) =>
        `Left out: ${engine} lacks ${lacks.join(', ')}, as it runs here (docs/capabilities.md).`,
    ),
    ...shown.map((judged: Judged) => `Not chosen: ${configurationText(judged)}: ${rejectionText(judged)}.`),
    ...advice.wrong.map(
      ({ name, files }) => `Never advised: ${cleanText(name)}: an output was wrong (${filesText(files)}).`,
    ),
    ...(more > 0 ? [`Not chosen either: ${more} more.`] : []),
    ...(advice.neverMeasured.length > 0
      ? [`Not measured under these conditions: ${advice.neverMeasured.join(', ')}.`]
      : []),
  ];
}

function nextLines({ advice, next, verification }: AdviceReport): readonly string[] {
  if (next === null || verification !== null) return [];
  const what = NEXT_WORDS[advice.kind];
  return [
    `${what}, about ${next.about}:`,
    ...next.commands.map((command) => `  ${cleanText(command, 1_000)}`),
  ];
}

const NEXT_WORDS = {
  recommended: 'To confirm it at exactly this rate',
  either: 'To measure both at exactly this rate',
  'none-meets': 'To measure what was not measured under these conditions',
  'no-evidence': 'To know it',
} as const;

function groundLines({ ground, leftOut, skipped }: AdviceReport, colour: boolean): readonly string[] {
  const [first] = skipped;
  const lines = [
    ...(ground === null ? [] : [`Measured on: ${groundText(ground)}. Another machine may differ.`]),
    ...leftOut.map(
      (other) =>
        `Left out, from another machine, broker or version: ${groundText(other)}: ${filesText(other.files)}.`,
    ),
    ...(first === undefined
      ? []
      : [
          `Left out: ${skipped.length} ${skipped.length === 1 ? 'file' : 'files'}, the first ${cleanText(first.file, 120)}: ${cleanText(first.reason)}.`,
        ]),
  ];
  return lines.map((line) => paint(line, 'dim', colour));
}

const groundText = ({ machine, broker, toolVersion }: Ground): string =>
  `${cleanText(machine, 120)}; ${cleanText(broker, 120)}; crosscurrent ${cleanText(toolVersion, 40)}`;
