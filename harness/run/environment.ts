import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Result } from '../../reports/model/index.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The machine that the figures were taken on. */
export function describeMachine(): Result['machine'] {
  return {
    cpuModel: os.cpus()[0]?.model ?? 'unknown',
    cores: os.availableParallelism(),
    memoryMb: Math.round(os.totalmem() / 2 ** 20),
    os: `${os.type()} ${os.release()} ${os.arch()}`,
    nodeVersion: process.version,
    javaVersion: answerOf('java', ['-version'])?.match(/version "([^"]+)"/)?.[1] ?? null,
    loadAverage1m: os.loadavg()[0] ?? 0,
    limits: { cpus: null, memoryMb: null },
    clockResolutionUs: null,
  };
}

/** The version of the tool, and the commit it ran from where there is one. */
export function describeTool(): Result['tool'] {
  const { version } = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8')) as { version: string };
  const commit = answerOf('git', ['-C', ROOT, 'rev-parse', '--short=12', 'HEAD']);
  const changes = answerOf('git', ['-C', ROOT, 'status', '--porcelain']);
  return { version, gitCommit: commit ?? null, gitDirty: changes === undefined ? null : changes !== '' };
}

function answerOf(command: string, commandArguments: string[]): string | undefined {
  try {
    // `java -version` answers on stderr.
    return execFileSync('sh', ['-c', '"$0" "$@" 2>&1', command, ...commandArguments], {
      encoding: 'utf8',
      timeout: 10_000,
    }).trim();
  } catch {
    return undefined;
  }
}
