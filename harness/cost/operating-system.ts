import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import {
  bytesWrittenOf,
  childIdsOf,
  cpuSecondsOf,
  type MachineCpu,
  machineCpuOf,
  memoryOf,
  type Switches,
  switchesOf,
} from './proc-text.ts';
import { usagesOf } from './ps-text.ts';

/** What the operating system says of a process at an instant. */
export interface ProcessUsage {
  /** User and system time of all its threads. */
  readonly cpuSeconds: number;
  readonly rssMb: number;
  readonly peakRssMb: number;
  /** Null where the system does not tell. */
  readonly threads: number | null;
}

/** What costs more to ask for, and is asked for less often. */
export interface ProcessDetail {
  readonly bytesWritten: number | null;
  /** By thread id. */
  readonly switches: ReadonlyMap<number, Switches>;
}

/** Where a sampler reads from. A process that has ended, or is not ours to look at, has no answer. */
export interface OperatingSystem {
  /** Shortest interval at which asking is cheap, milliseconds. */
  readonly sampleIntervalMs: number;
  usages(processIds: readonly number[]): ReadonlyMap<number, ProcessUsage>;
  detail(processId: number): ProcessDetail | null;
  /** The live processes that these started, and those that they started in turn, by id with the command's name. None where the system does not tell cheaply. */
  descendants(processIds: readonly number[]): ReadonlyMap<number, string>;
  machineCpu(): MachineCpu | null;
}

/** The system that this process runs on: /proc on Linux, `ps` elsewhere. */
export function operatingSystem(platform: NodeJS.Platform = process.platform): OperatingSystem {
  return platform === 'linux' ? LINUX : PS;
}

const LINUX: OperatingSystem = {
  sampleIntervalMs: 100,
  usages: (processIds) => {
    const usages = new Map<number, ProcessUsage>();
    for (const processId of processIds) {
      const stat = textOf(`/proc/${processId}/stat`);
      const status = textOf(`/proc/${processId}/status`);
      if (stat === null || status === null) continue;
      usages.set(processId, { cpuSeconds: cpuSecondsOf(stat), ...memoryOf(status) });
    }
    return usages;
  },
  detail: (processId) => {
    const switches = new Map<number, Switches>();
    try {
      for (const threadId of readdirSync(`/proc/${processId}/task`)) {
        const status = textOf(`/proc/${processId}/task/${threadId}/status`);
        if (status !== null) switches.set(Number(threadId), switchesOf(status));
      }
    } catch {
      return null;
    }
    const io = textOf(`/proc/${processId}/io`);
    return { bytesWritten: io === null ? null : bytesWrittenOf(io), switches };
  },
  descendants: (processIds) => {
    const found = new Map<number, string>();
    const open = [...processIds];
    for (let processId = open.pop(); processId !== undefined; processId = open.pop()) {
      for (const childId of childrenOf(processId)) {
        if (found.has(childId)) continue;
        found.set(childId, textOf(`/proc/${childId}/comm`)?.trim() ?? 'ended');
        open.push(childId);
      }
    }
    return found;
  },
  machineCpu: () => {
    const stat = textOf('/proc/stat');
    return stat === null ? null : machineCpuOf(stat);
  },
};

const PS: OperatingSystem = {
  // Each question starts a process.
  sampleIntervalMs: 1_000,
  usages: (processIds) => {
    if (processIds.length === 0) return new Map();
    const answer = psAnswer(processIds);
    return new Map(
      [...usagesOf(answer)].map(([id, usage]) => [id, { ...usage, peakRssMb: usage.rssMb, threads: null }]),
    );
  },
  detail: () => null,
  descendants: () => new Map(),
  machineCpu: () => null,
};

/** A child belongs to the thread that started it. */
function childrenOf(processId: number): number[] {
  try {
    return readdirSync(`/proc/${processId}/task`).flatMap((threadId) =>
      childIdsOf(textOf(`/proc/${processId}/task/${threadId}/children`) ?? ''),
    );
  } catch {
    return [];
  }
}

function psAnswer(processIds: readonly number[]): string {
  try {
    return execFileSync('ps', ['-o', 'pid=,time=,rss=', '-p', processIds.join(',')], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
