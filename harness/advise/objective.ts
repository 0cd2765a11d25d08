import type { Capability, Guarantee } from '../../engines/pipeline/index.ts';
import type { Objective } from '../../reports/advice/index.ts';
import { adviseErrors } from './errors.ts';
import { quantityOption } from './quantities.ts';
import type { Conversation } from './questions.ts';
import { limitsOf, oneRecovery } from './slo.ts';

export const ESTATES = ['none', 'flink', 'spark'] as const;
type Estate = (typeof ESTATES)[number];

/** What the options say of a job; what they leave out is asked, or has a default. */
export interface GivenOptions {
  readonly workload: string;
  readonly slo: readonly string[];
  readonly rate?: number;
  readonly recovery?: number;
  readonly guarantee: Guarantee;
  readonly keys?: number;
  readonly cost?: number;
  readonly needs?: readonly Capability[];
  readonly estate?: Estate;
  readonly batchOnSameCode?: boolean;
}

/** Of `--rate`, here and as an answer. */
export const parseRate = quantityOption('--rate', { least: 1, most: 1_000_000 });

/**
 * The question in full. Without somebody to ask, what only a person can tell has its default: nothing needed, no estate, no batch.
 *
 * @param conversation null where there is no terminal, or nothing is to be asked
 * @throws what `limitsOf` and `oneRecovery` throw; ADVISE_INCOMPLETE without a limit or a rate; HARNESS_INTERRUPTED
 */
export async function objectiveOf(
  given: GivenOptions,
  conversation: Conversation | null,
): Promise<Objective> {
  const limits = limitsOf(given.slo);
  const recoveryMs = oneRecovery(limits.recoveryMs, given.recovery);
  const hasLimit = limits.latency.length > 0 || recoveryMs !== null || given.cost !== undefined;
  if (conversation === null) {
    if (!hasLimit) throw incomplete('a limit (--slo, --recovery or --cost)');
    if (given.rate === undefined) throw incomplete('the rate of the events (--rate)');
  }
  const asked = hasLimit ? limits : await askLimits(conversation as Conversation);
  return {
    workload: given.workload,
    ratePerSecond: given.rate ?? (await (conversation as Conversation).ask(RATE)),
    latencyLimits: asked.latency,
    recoveryMs: recoveryMs ?? asked.recoveryMs,
    guarantee: given.guarantee,
    keys: given.keys ?? null,
    cpuSecondsPerMillion: given.cost ?? null,
    needs: given.needs ?? (await askNeeds(conversation)),
    estate: given.estate ?? (await conversation?.ask(ESTATE)) ?? 'none',
    batchOnSameCode: given.batchOnSameCode ?? (await conversation?.ask(BATCH)) ?? false,
  };
}

const askLimits = (conversation: Conversation) =>
  conversation.ask({
    text: 'Which limits must hold? As in p99=100ms,p50=20ms,recovery=5s:',
    parse: (answer) => limitsOf([answer]),
  });

const RATE = { text: 'How many events a second?', preset: '5000', parse: parseRate };

async function askNeeds(conversation: Conversation | null): Promise<readonly Capability[]> {
  if (conversation === null) return [];
  const needs: Capability[] = [];
  if (await conversation.ask(LATE)) needs.push('late-side-output');
  if (await conversation.ask(PATTERNS)) needs.push('pattern');
  return needs;
}

const LATE = yesOrNo('Are late records needed, as a stream of their own?');
const PATTERNS = yesOrNo('Are there patterns of events to find (five failures within 30 s, and the like)?');
const BATCH = yesOrNo('Is the same code to run over stored data too, as a batch job?');
const ESTATE = {
  text: `Is there a cluster or a team with one of the systems (${ESTATES.join(', ')})?`,
  preset: 'none',
  parse: (answer: string): Estate => {
    const estate = ESTATES.find((each) => each === answer.toLowerCase());
    if (estate === undefined) throw notUnderstood(answer, `one of ${ESTATES.join(', ')}`);
    return estate;
  },
};

function yesOrNo(text: string) {
  return {
    text,
    preset: 'no',
    parse: (answer: string): boolean => {
      if (/^y(es)?$/i.test(answer)) return true;
      if (/^no?$/i.test(answer)) return false;
      throw notUnderstood(answer, 'yes or no');
    },
  };
}

const notUnderstood = (text: string, wanted: string): Error =>
  adviseErrors.error('ADVISE_ANSWER_UNCLEAR', { text, wanted });

const incomplete = (missing: string): Error => adviseErrors.error('ADVISE_INCOMPLETE', { missing });
