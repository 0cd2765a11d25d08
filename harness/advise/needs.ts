import { CAPABILITIES, type Capability } from '../../engines/pipeline/index.ts';
import { adviseErrors } from './errors.ts';
import { nearestWord } from './nearest.ts';

const NAMES = Object.keys(CAPABILITIES) as Capability[];

/**
 * Capabilities by commas, each once; `none` is none.
 *
 * @throws ADVISE_NEED_UNKNOWN with the nearest name
 */
export function needsOf(text: string): readonly Capability[] {
  if (text.trim() === 'none') return [];
  return [...new Set(text.split(',').map((part) => needOf(part.trim())))];
}

function needOf(text: string): Capability {
  const known = NAMES.find((name) => name === text);
  if (known !== undefined) return known;
  const near = nearestWord(text, NAMES);
  const nearest = near === null ? '' : `The nearest is ${near}. `;
  throw adviseErrors.error('ADVISE_NEED_UNKNOWN', { need: text, nearest });
}
