import type { Result } from '../../../reports/model/index.ts';

type Limits = Result['machine']['limits'];

const ROOT = '/sys/fs/cgroup';
/** Version 1 writes "no limit" as a number near 2^63. */
const NO_MEMORY_LIMIT = 2 ** 60;

/**
 * The limits that Linux control groups set for this process, the tightest of its group and all groups above; null where none is set. Version 2
 * (one hierarchy: cpu.max, memory.max) and version 1 (one for each controller: cpu.cfs_quota_us, memory.limit_in_bytes). Inside a container the
 * group's path may be the host's and not be there: the container's own root counts then.
 *
 * @param textOf reads a file; undefined where it is not there
 */
export function controlGroupLimits(textOf: (path: string) => string | undefined): Limits {
  const groups = groupsOf(textOf('/proc/self/cgroup') ?? '');
  const cpus: number[] = [];
  const memoryMb: number[] = [];
  for (const { controllers, path } of groups) {
    for (const group of upwards(path)) {
      if (controllers === '') {
        cpus.push(...quotaOf(textOf(`${ROOT}${group}/cpu.max`)));
        memoryMb.push(...megabytesOf(textOf(`${ROOT}${group}/memory.max`)));
        continue;
      }
      const folder = `${ROOT}/${controllers}${group}`;
      const quota = textOf(`${folder}/cpu.cfs_quota_us`);
      cpus.push(...quotaOf(quota && `${quota.trim()} ${textOf(`${folder}/cpu.cfs_period_us`) ?? ''}`));
      memoryMb.push(...megabytesOf(textOf(`${folder}/memory.limit_in_bytes`)));
    }
  }
  return { cpus: tightest(cpus), memoryMb: tightest(memoryMb) };
}

interface Group {
  /** Controllers of a hierarchy of version 1, as its folder is named; empty for version 2. */
  readonly controllers: string;
  readonly path: string;
}

/** Lines are `id:controllers:path`. */
function groupsOf(text: string): Group[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, controllers = '', ...path] = line.split(':');
      return { controllers, path: path.join(':') };
    });
}

/** /a/b, /a, and the root. */
function upwards(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '');
  return Array.from({ length: parts.length + 1 }, (_, index) =>
    parts
      .slice(0, parts.length - index)
      .map((part) => `/${part}`)
      .join(''),
  );
}

/** "quota period" in microseconds as CPUs; nothing for "max", -1, or a missing file. */
function quotaOf(text: string | undefined): number[] {
  const [quota, period] = (text ?? '').trim().split(/\s+/).map(Number);
  return quota && period && quota > 0 ? [quota / period] : [];
}

function megabytesOf(text: string | undefined): number[] {
  const bytes = Number(text?.trim() || Number.NaN);
  return bytes < NO_MEMORY_LIMIT ? [Math.round(bytes / 2 ** 20)] : [];
}

function tightest(limits: readonly number[]): number | null {
  return limits.length === 0 ? null : Math.min(...limits);
}
