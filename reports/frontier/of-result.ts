import type { Sheet } from '../comparison/index.ts';
import { evidenceOf } from '../evidence/index.ts';
import type { Result } from '../model/index.ts';
import { type Frontier, frontiersOf } from './frontier.ts';
import { frontierSheet } from './frontier-sheet.ts';
import { trailsOf } from './trail.ts';
import { trailSheetsOf } from './trail-sheet.ts';

/** The frontiers of one result that have something to show, each with its table. */
export function frontiersWithSheets(
  result: Result,
): readonly { readonly frontier: Frontier; readonly sheet: Sheet }[] {
  return frontiersOf(configurationsOf(result)).flatMap((frontier) => {
    const sheet = frontierSheet(frontier);
    return sheet === null ? [] : [{ frontier, sheet }];
  });
}

/** The tables of one result's trails. */
export function trailSheets(result: Result): readonly Sheet[] {
  return trailSheetsOf(trailsOf(configurationsOf(result)));
}

const configurationsOf = (result: Result) => evidenceOf([{ file: '', result }]).configurations;
