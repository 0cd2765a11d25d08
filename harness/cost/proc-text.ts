/** The kernel's unit of CPU time in /proc: 100 a second on every Linux that Node runs on (USER_HZ). */
const TICKS_PER_SECOND = 100;
const KB_PER_MB = 1_024;

/** User and system seconds of all threads of a process, from the text of `/proc/PID/stat`. */
export function cpuSecondsOf(stat: string): number {
  // Fields after the command, which stands in parentheses and may hold spaces: utime is the 12th, stime the 13th.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Resident memory now and at its highest, MiB, and threads, from the text of `/proc/PID/status`. A process that is ending has no memory left. */
export function memoryOf(status: string): {
  readonly rssMb: number;
  readonly peakRssMb: number;
  readonly threads: number;
} {
  return {
    rssMb: (field(status, 'VmRSS') ?? 0) / KB_PER_MB,
    peakRssMb: (field(status, 'VmHWM') ?? 0) / KB_PER_MB,
    threads: field(status, 'Threads') ?? 0,
  };
}

/** Context switches of one thread. */
export interface Switches {
  readonly voluntary: number;
  readonly involuntary: number;
}

/** From the text of `/proc/PID/task/TID/status`, which counts that thread alone; so does `/proc/PID/status` of the main thread. */
export function switchesOf(status: string): Switches {
  return {
    voluntary: field(status, 'voluntary_ctxt_switches') ?? 0,
    involuntary: field(status, 'nonvoluntary_ctxt_switches') ?? 0,
  };
}

/** Bytes handed to the storage layer, from the text of `/proc/PID/io`. */
export function bytesWrittenOf(io: string): number | null {
  return field(io, 'write_bytes');
}

/** From the text of `/proc/PID/task/TID/children`. */
export function childIdsOf(children: string): number[] {
  return children.split(' ').filter(Boolean).map(Number);
}

/** CPU seconds of all cores together since boot. */
export interface MachineCpu {
  /** Of processes: user, nice and system. Interrupts stand apart: nobody's processes are charged for them. */
  readonly processSeconds: number;
  readonly stolenSeconds: number;
  /** All of it, idle time included. */
  readonly totalSeconds: number;
}

/** From the text of `/proc/stat`; null when it has no such line. */
export function machineCpuOf(stat: string): MachineCpu | null {
  const line = /^cpu +(.*)$/m.exec(stat)?.[1];
  if (line === undefined) return null;
  // The two fields after these, guest times, are part of user and nice.
  const seconds = line.split(' ').map((ticks) => Number(ticks) / TICKS_PER_SECOND);
  const [user = 0, nice = 0, system = 0, idle = 0, ioWait = 0, irq = 0, softIrq = 0, stolen = 0] = seconds;
  const processSeconds = user + nice + system;
  return {
    processSeconds,
    stolenSeconds: stolen,
    totalSeconds: processSeconds + idle + ioWait + irq + softIrq + stolen,
  };
}

function field(text: string, name: string): number | null {
  const value = new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1];
  return value === undefined ? null : Number(value);
}
