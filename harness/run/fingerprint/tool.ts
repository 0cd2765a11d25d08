import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Result } from '../../../reports/model/index.ts';
import { answerOf } from './ask.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** The version of the tool, and the commit it ran from where there is one. */
export function describeTool(): Result['tool'] {
  const { version } = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8')) as { version: string };
  const commit = answerOf('git', ['-C', ROOT, 'rev-parse', '--short=12', 'HEAD']);
  const changes = answerOf('git', ['-C', ROOT, 'status', '--porcelain']);
  return { version, gitCommit: commit ?? null, gitDirty: changes === undefined ? null : changes !== '' };
}
