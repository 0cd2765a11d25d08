import type { OutputVerdict } from './oracle.ts';

export const COVERS: OutputVerdict = { kind: 'covers' };
export const REPEAT: OutputVerdict = { kind: 'repeat' };
export const UNMEASURED: OutputVerdict = { kind: 'unmeasured' };

export function wrong(reason: string): OutputVerdict {
  return { kind: 'wrong', reason };
}
