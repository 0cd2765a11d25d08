import type { Oracle, OutputVerdict } from '../oracle.ts';
import { OUTPUTS } from '../workload.ts';
import type { Model } from './naive-models.ts';

/** What an oracle said of a delivery. */
interface Delivery {
  readonly verdicts: OutputVerdict['kind'][];
  /** Covered sequence numbers, ascending. */
  readonly covered: number[];
}

/** Feeds outputs to an oracle: the results in the given order, then late records and dead letters. */
export function deliver(oracle: Oracle, model: Model): Delivery {
  const covered: number[] = [];
  const observe = (output: string, value: string): OutputVerdict['kind'] =>
    oracle.observe(output, Buffer.from(value), (sequence) => covered.push(sequence)).kind;
  const verdicts = [
    ...model.results.map((result) => observe(OUTPUTS.result, JSON.stringify(result))),
    ...model.late.map((value) => observe(OUTPUTS.late, value)),
    ...model.deadLetters.map((value) => observe(OUTPUTS.deadLetter, value)),
  ];
  return { verdicts, covered: covered.sort((left, right) => left - right) };
}
