import { type Evidence, evidenceOf, type Ground, type LoadedResult } from '../../reports/evidence/index.ts';
import { adviseErrors } from './errors.ts';

export interface ChosenGround {
  /** Of results from this ground alone. */
  readonly evidence: Evidence;
  readonly ground: Ground;
  readonly leftOut: readonly Ground[];
}

/**
 * Figures of two machines, brokers or versions are not held against each other: of several grounds the newest counts, the one with the
 * latest result, and the others are told. `wanted` names another.
 *
 * @param loaded at least one
 * @param wanted a part of the description of exactly one ground's machine, broker or version; null: the newest
 * @throws ADVISE_MACHINE_UNCLEAR
 */
export function chooseGround(loaded: readonly LoadedResult[], wanted: string | null): ChosenGround {
  const { grounds } = evidenceOf(loaded);
  const ground = wanted === null ? newestOf(grounds, loaded) : namedOf(grounds, wanted);
  const files = new Set(ground.files);
  return {
    evidence: evidenceOf(loaded.filter(({ file }) => files.has(file))),
    ground,
    leftOut: grounds.filter((each) => each !== ground),
  };
}

function newestOf(grounds: readonly Ground[], loaded: readonly LoadedResult[]): Ground {
  const madeAt = new Map(loaded.map(({ file, result }) => [file, result.createdAt]));
  const newestIn = ({ files }: Ground): string =>
    files
      .map((file) => madeAt.get(file) ?? '')
      .sort()
      .at(-1) ?? '';
  return grounds.reduce((best, ground) => (newestIn(ground) > newestIn(best) ? ground : best));
}

function namedOf(grounds: readonly Ground[], wanted: string): Ground {
  const describe = ({ machine, broker, toolVersion }: Ground): string =>
    `${machine}; ${broker}; crosscurrent ${toolVersion}`;
  const found = grounds.filter((ground) => describe(ground).toLowerCase().includes(wanted.toLowerCase()));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw adviseErrors.error('ADVISE_MACHINE_UNCLEAR', {
    text: wanted,
    found: found.length === 0 ? 'none' : found.length,
    known: grounds.map(describe).join(' | '),
  });
}
