import type { Configuration, Evidence } from '../evidence/index.ts';
import type { Advice, Decision, Exclusion, MeasurementRequest } from './advice.ts';
import { candidateOf } from './candidate.ts';
import type { Judged, Requirement } from './check.ts';
import { choose } from './choose.ts';
import { confidenceOf } from './confidence.ts';
import { judgeConfiguration, requirementsOf } from './judge.ts';
import { type Engine, type EngineFacts, MODEL_OF, type Model, type Objective } from './objective.ts';

const ENGINES = ['event', 'micro-batch', 'flink', 'spark'] as const satisfies readonly Engine[];

/**
 * Answers which way of running which engine an objective asks for, by what was measured and by nothing else. Pure: the same question to
 * the same evidence has the same answer.
 *
 * A configuration counts if its workload is the objective's, its guarantee the one asked or a stronger one, its engine has every
 * capability needed, and no output of it was ever wrong. It meets a limit where the worse end of its range does, at the rate asked: measured
 * there, or on the line between the rates around it (`atRate`). A run near what the driver passes counts too: the driver can make a
 * latency look worse and never better. Among those that meet everything `choose` chooses.
 *
 * Laws, tested: a stricter objective (lower or more limits, a stronger guarantee, more keys, more needs) never turns a refusal into a
 * recommendation; what is recommended meets each limit by its own evidence; a dominated configuration is never recommended; and taking
 * a result away never makes the advice surer, where sureness is the `confidence` that it states. By the kind of answer alone there can be
 * no such law: a configuration that one result shows to meet a limit and another to miss it is refused, and without the other result it
 * is not. What does hold of the kinds: without a whole configuration a refusal stays a refusal, since each is judged by its own
 * evidence.
 *
 * @param evidence from one machine, broker and version: figures of different grounds are not held against each other
 */
export function advise(objective: Objective, evidence: Evidence, facts: EngineFacts): Advice {
  const excluded = exclusionsOf(objective, facts);
  const able = ENGINES.filter((engine) => !excluded.some((one) => one.engine === engine));
  const ofWorkload = evidence.configurations.filter(({ workload }) => workload === objective.workload);
  const ofGuarantee = ofWorkload.filter(
    ({ guarantee }) => guarantee === 'exactly-once' || guarantee === objective.guarantee,
  );
  const relevant = ofGuarantee.filter(({ engine }) => able.includes(engine));
  const [wrong, correct] = [relevant.filter(isWrong), relevant.filter((one) => !isWrong(one))];
  const judged = correct.map((configuration) => judgeConfiguration(configuration, objective));
  const candidates = judged.flatMap((one) => candidateOf(one, objective) ?? []);
  const rejected = judged.filter((one) => candidateOf(one, objective) === null).sort(compareDistances);
  const told = {
    objective,
    confidence: confidenceOf(byModel(able, relevant), objective),
    excluded,
    rejected,
    wrong,
    neverMeasured: able.filter((engine) => !judged.some((one) => isMeasured(one, engine))),
  };
  if (candidates.length > 0) {
    const choice = choose(candidates, objective, facts);
    if (choice.kind === 'either') return { ...told, ...choice };
    return { ...told, ...choice, decidedBy: [...byCapability(objective, able), ...choice.decidedBy] };
  }
  const open = rejected.filter((one) => !misses(one));
  const missing = rejected.filter(misses);
  const isJudged = (engine: Engine): boolean =>
    missing.some(({ configuration }) => MODEL_OF[configuration.engine] === MODEL_OF[engine]);
  if (able.every(isJudged)) {
    return {
      ...told,
      kind: 'none-meets',
      nearest: missing[0] ?? null,
      missedByAll: missedByAll(missing, objective),
      measure: open.length === 0 ? null : requestFor(objective, able, open),
    };
  }
  const lacking = ofWorkload.length === 0 ? 'workload' : ofGuarantee.length === 0 ? 'guarantee' : 'figures';
  return { ...told, kind: 'no-evidence', lacking, measure: requestFor(objective, able, open) };
}

function exclusionsOf({ needs, guarantee }: Objective, facts: EngineFacts): readonly Exclusion[] {
  // A guarantee is a capability too: an engine without it has no results under it.
  const all = [...new Set([...needs, ...(guarantee === 'exactly-once' ? [guarantee] : [])])];
  return ENGINES.flatMap((engine) => {
    const has = facts.capabilitiesOf(engine);
    const lacks = all.filter((name) => !has.has(name));
    return lacks.length === 0 ? [] : [{ engine, lacks }];
  });
}

const isWrong = ({ runs }: Configuration): boolean => runs.wrong > 0;

const misses = ({ checks }: Judged): boolean => checks.some(({ status }) => status === 'missed');

const isMeasured = ({ configuration, checks }: Judged, engine: Engine): boolean =>
  configuration.engine === engine && checks.some(({ status }) => status !== 'unmeasured');

function byModel(
  able: readonly Engine[],
  relevant: readonly Configuration[],
): ReadonlyMap<Model, readonly Configuration[]> {
  return new Map(
    able.map((engine) => {
      const model = MODEL_OF[engine];
      return [model, relevant.filter((one) => MODEL_OF[one.engine] === model)];
    }),
  );
}

/** Told where only the engines of one model can do what the job needs. */
function byCapability({ needs }: Objective, able: readonly Engine[]): readonly Decision[] {
  const [model, ...others] = new Set(able.map((engine) => MODEL_OF[engine]));
  return model === undefined || others.length > 0 || needs.length === 0
    ? []
    : [{ kind: 'capability', model, needs }];
}

/** First what misses nothing that was measured, then by the worst miss, then by how much is not known. */
function compareDistances(one: Judged, other: Judged): number {
  const worst = ({ checks }: Judged) =>
    Math.max(0, ...checks.map((check) => (check.status === 'missed' ? check.factor : 0)));
  const unknown = ({ checks }: Judged) => checks.filter(({ status }) => status === 'unmeasured').length;
  const name = ({ configuration }: Judged) => `${configuration.name}\n${configuration.id}`;
  return (
    worst(one) - worst(other) ||
    unknown(one) - unknown(other) ||
    (name(one) < name(other) ? -1 : name(one) > name(other) ? 1 : 0)
  );
}

function missedByAll(missing: readonly Judged[], objective: Objective): readonly Requirement[] {
  if (missing.length === 0) return [];
  return requirementsOf(objective).filter((_, i) =>
    missing.every(({ checks }) => checks[i]?.status === 'missed'),
  );
}

/** The engines that start anywhere in a second; the real systems where nothing else can do the job, or the estate names one. */
function requestFor(
  objective: Objective,
  able: readonly Engine[],
  open: readonly Judged[],
): MeasurementRequest {
  const { workload, guarantee, ratePerSecond, keys, recoveryMs, estate } = objective;
  const isEmbedded = (engine: Engine): boolean => engine === 'event' || engine === 'micro-batch';
  const profiles = [...new Set(open.map(({ configuration }) => configuration.profile))].sort();
  return {
    workload,
    engines: able.filter((engine) => !able.some(isEmbedded) || isEmbedded(engine) || engine === estate),
    profiles: profiles.length === 0 ? ['default'] : profiles,
    guarantee,
    ratePerSecond,
    keys,
    measures: recoveryMs === null ? ['latency'] : ['latency', 'recovery'],
  };
}
