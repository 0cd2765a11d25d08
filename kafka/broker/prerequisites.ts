import { totalmem } from 'node:os';
import { findJava, findMaven, MINIMUM_JAVA_MAJOR, runCommand } from '../../java/index.ts';

const MINIMUM_NODE_MAJOR = 24;
/** Broker, harness and one engine at a time, with room for the page cache. */
const MINIMUM_MEMORY_MB = 3_500;

export interface Prerequisite {
  readonly name: string;
  /** What is there, null for nothing. */
  readonly found: string | null;
  readonly ok: boolean;
  /** Whether real Kafka runs need it here: Java and Maven are not needed where a Docker engine answers. */
  readonly required: boolean;
  /** What to do if it is not ok, and what it is needed for. */
  readonly fix: string;
}

/** What this machine has of what the commands need; nothing is started or downloaded. */
export async function checkPrerequisites(): Promise<Prerequisite[]> {
  const [java, maven, docker] = await Promise.all([findJava(), findMaven(), findDockerEngine()]);
  const memoryMb = usableMemoryMb();
  return [
    {
      name: 'Node',
      found: process.versions.node,
      ok: Number.parseInt(process.versions.node, 10) >= MINIMUM_NODE_MAJOR,
      required: true,
      fix: `Run npm install and start the commands with npx: the clone brings Node ${MINIMUM_NODE_MAJOR}.`,
    },
    {
      name: 'Java',
      found: java === undefined ? null : `${java.version} (${java.program})`,
      ok: java !== undefined && java.major >= MINIMUM_JAVA_MAJOR,
      required: docker === undefined,
      fix: `Install Java ${MINIMUM_JAVA_MAJOR} or newer (Debian: apt-get install openjdk-17-jdk-headless) for the embedded Kafka and the real engines${process.env.JAVA_HOME ? `; JAVA_HOME is ${process.env.JAVA_HOME}` : ''}.`,
    },
    {
      name: 'Maven',
      found: maven ?? null,
      ok: maven !== undefined,
      required: docker === undefined,
      fix: 'Install Maven (Debian: apt-get install maven), or see why `mvn --version` fails; it fetches the jars of the embedded Kafka, and of the real engines, once.',
    },
    {
      name: 'Docker engine',
      found: docker ?? null,
      ok: docker !== undefined,
      required: false,
      fix: 'Start Docker for --broker compose; not needed where Java and Maven are there.',
    },
    {
      name: 'Memory',
      found: `${memoryMb} MB`,
      ok: memoryMb >= MINIMUM_MEMORY_MB,
      required: true,
      fix: `Give the machine or the container at least ${MINIMUM_MEMORY_MB} MB.`,
    },
  ];
}

async function findDockerEngine(): Promise<string | undefined> {
  const outcome = await runCommand('docker', ['info', '--format', '{{.ServerVersion}}'], {
    timeoutMs: 15_000,
  });
  return outcome.kind === 'ended' && outcome.code === 0 ? outcome.stdout.trim() : undefined;
}

/** The machine's memory, or the container's limit where that is lower, MB. */
export function usableMemoryMb(): number {
  const limit = process.constrainedMemory();
  return Math.floor((limit > 0 ? Math.min(limit, totalmem()) : totalmem()) / 2 ** 20);
}
