import type { Cell } from '../model/index.ts';
import type { NamedResults } from './side.ts';

/**
 * Head, with the profile names of base where a place (workload, engine, guarantee and variables) has one profile on each side and they
 * differ: `custom` says no more than that settings were given, and what they are stands in the sheets, which are compared row by row.
 */
export function alignProfiles(base: NamedResults, head: NamedResults): NamedResults {
  const [before, after] = [profilesOf(base), profilesOf(head)];
  const renamed = (cell: Cell): Cell => {
    const [profile, ...more] = before.get(placeOf(cell)) ?? [];
    const isOne = profile !== undefined && more.length === 0 && after.get(placeOf(cell))?.size === 1;
    return isOne ? { ...cell, profile } : cell;
  };
  const results = head.results.map((result) => ({ ...result, cells: result.cells.map(renamed) }));
  return { ...head, results };
}

function profilesOf({ results }: NamedResults): ReadonlyMap<string, ReadonlySet<string>> {
  const profiles = new Map<string, Set<string>>();
  for (const cell of results.flatMap(({ cells }) => cells)) {
    const place = placeOf(cell);
    profiles.set(place, (profiles.get(place) ?? new Set()).add(cell.profile));
  }
  return profiles;
}

function placeOf({ workload, engine, guarantee, variables }: Cell): string {
  return JSON.stringify([workload, engine, guarantee, Object.entries(variables).sort()]);
}
