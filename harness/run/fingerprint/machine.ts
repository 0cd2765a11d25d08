import os from 'node:os';
import { join } from 'node:path';
import type { Result } from '../../../reports/model/index.ts';
import { ownClockResolutionUs } from '../../clock/index.ts';
import { answerOf, fileText } from './ask.ts';
import { controlGroupLimits } from './control-group.ts';

/** The machine that the figures are taken on. The load is that of now, so it is asked for before the first run. */
export function describeMachine(): Result['machine'] {
  const distribution = distributionOf(fileText('/etc/os-release') ?? '');
  return {
    cpuModel: os.cpus()[0]?.model ?? 'unknown',
    cores: os.availableParallelism(),
    memoryMb: Math.round(os.totalmem() / 2 ** 20),
    os: `${os.type()} ${os.release()} ${os.arch()}${distribution === null ? '' : `, ${distribution}`}`,
    nodeVersion: process.version,
    javaVersion: javaVersionOf(answerOf(javaProgram(process.env), ['-version']) ?? ''),
    loadAverage1m: os.loadavg()[0] ?? 0,
    limits: controlGroupLimits(fileText),
    clockResolutionUs: ownClockResolutionUs(),
  };
}

/** From what `java -version` prints; null when it is no such text. */
export function javaVersionOf(answer: string): string | null {
  return /version "([^"]+)"/.exec(answer)?.[1] ?? null;
}

/** The distribution's name, from the text of /etc/os-release. */
export function distributionOf(osRelease: string): string | null {
  return /^PRETTY_NAME="?([^"\n]+)"?$/m.exec(osRelease)?.[1] ?? null;
}

/** The one that the embedded broker runs on. */
function javaProgram({ JAVA_HOME: home }: NodeJS.ProcessEnv): string {
  return home ? join(home, 'bin', 'java') : 'java';
}
