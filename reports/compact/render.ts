import { type Result, resultSchema } from '../model/index.ts';
import { compactResult } from './compact-result.ts';

/** The compact form of a result as a file that `readResult` reads: a line a run, so that two versions can be compared. Ends with a line break. */
export function renderCompact(result: Result): string {
  const { cells, floors, ...head } = resultSchema.parse(compactResult(result));
  const cellTexts = cells.map(({ runs, ...cell }) => {
    const text = JSON.stringify(cell).slice(0, -1);
    return `${text},"runs":[\n${runs.map((run) => JSON.stringify(run)).join(',\n')}\n]}`;
  });
  const floorTexts = floors.map((floor) => JSON.stringify(floor));
  return `${JSON.stringify(head).slice(0, -1)},"cells":[\n${cellTexts.join(',\n')}\n],"floors":[\n${floorTexts.join(',\n')}\n]}\n`;
}
