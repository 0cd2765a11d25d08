import { access } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ENGINE_NAMES } from '../../engines/pipeline/index.ts';
import {
  type Advice,
  advise,
  candidatesOf,
  type EngineFacts,
  type Objective,
} from '../../reports/advice/index.ts';
import type { AdviceReport, Measurement } from '../../reports/advice-wording/index.ts';
import { evidenceOf, type ReadEvidence, readEvidence } from '../../reports/evidence/index.ts';
import { pipelineNamed } from '../run/index.ts';
import { aboutOf, runsAgain, runsOfRequest } from './cells.ts';
import { commandLine, measuringCommands, objectiveOptions } from './commands.ts';
import { adviseErrors } from './errors.ts';
import { chooseGround } from './ground.ts';
import { reproductionOf } from './reproduce.ts';

/** Where results are looked for when none is named: one's own, and those that came with the repository. */
const OWN_RESULTS = 'results';
const COMMITTED_RESULTS = fileURLToPath(new URL('../../docs/results', import.meta.url));

/** What the code says of the engines. An engine with a trigger that ends runs the same dataflow over data at rest. */
export const ENGINE_FACTS: EngineFacts = {
  capabilitiesOf: (engine) => pipelineNamed(engine).capabilities,
  batchOnSameCode: new Set(ENGINE_NAMES.filter((engine) => pipelineNamed(engine).endsOfItself !== undefined)),
};

/**
 * Answers a question from results.
 *
 * @param paths result files, or folders of them; none: those of `results` and those committed in `docs/results`, if there are any
 * @param machine a part of the description of the ground whose results count; null: the newest ground
 * @throws ADVISE_NO_RESULTS where paths were named and hold none, ADVISE_MACHINE_UNCLEAR, and what reading a result throws
 */
export async function answer(
  objective: Objective,
  { paths, machine }: { readonly paths: readonly string[]; readonly machine: string | null },
): Promise<AdviceReport> {
  const { loaded, skipped } = await usableResults(paths);
  const chosen =
    loaded.length === 0
      ? { evidence: evidenceOf([]), ground: null, leftOut: [] }
      : chooseGround(loaded, machine);
  const advice = advise(objective, chosen.evidence, ENGINE_FACTS);
  return {
    advice,
    ground: chosen.ground,
    leftOut: chosen.leftOut,
    skipped,
    options: Object.fromEntries(
      candidatesOf(advice).map(({ configuration }) => [
        configuration.id,
        reproductionOf(configuration).options,
      ]),
    ),
    next: await nextOf(advice, paths),
    verification: null,
  };
}

async function nextOf(advice: Advice, paths: readonly string[]): Promise<Measurement | null> {
  if (advice.kind === 'no-evidence' || advice.kind === 'none-meets') {
    if (advice.measure === null) return null;
    const commands = measuringCommands(advice.measure);
    return { commands, about: aboutOf(await runsOfRequest(advice.measure)) };
  }
  const configurations = candidatesOf(advice).map(({ configuration }) => configuration);
  const canRun = configurations.every((configuration) => reproductionOf(configuration).unknown.length === 0);
  if (configurations.length === 0 || !canRun) return null;
  const command = commandLine(['advise', ...paths, ...objectiveOptions(advice.objective), '--verify']);
  return { commands: [command], about: aboutOf(await runsAgain(configurations, advice.objective)) };
}

/** Figures of the embedded log stand beside no Kafka figure. */
async function usableResults(paths: readonly string[]): Promise<ReadEvidence> {
  const places = paths.length > 0 ? paths : await standardPlaces();
  const { loaded, skipped } = await readEvidence(places);
  const usable = loaded.filter(({ result }) => result.broker.comparable);
  const apart = loaded
    .filter((one) => !usable.includes(one))
    .map(({ file }) => ({ file, reason: 'measured without a Kafka broker' }));
  const left = [...apart, ...skipped];
  if (usable.length > 0 || paths.length === 0) return { loaded: usable, skipped: left };
  const [first] = left;
  throw adviseErrors.error('ADVISE_NO_RESULTS', {
    places: paths.join(', '),
    skipped: first === undefined ? '' : ` (${first.file}: ${first.reason})`,
  });
}

async function standardPlaces(): Promise<readonly string[]> {
  const committed = relative(process.cwd(), COMMITTED_RESULTS);
  const places = [OWN_RESULTS, committed];
  const there = await Promise.all(
    places.map((place) =>
      access(place).then(
        () => true,
        () => false,
      ),
    ),
  );
  return places.filter((_, index) => there[index]);
}
