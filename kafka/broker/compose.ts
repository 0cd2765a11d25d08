import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type CommandOutcome, type ProgressListener, runCommand } from '../../java/index.ts';
import { kafkaErrors } from '../errors.ts';
import type { OpenBroker } from './open-broker.ts';

const COMPOSE_FILE = fileURLToPath(new URL('../../docker-compose.yml', import.meta.url));
const SERVICE = 'kafka';
const QUESTION_LIMIT_MS = 15_000;
/** The first time it also pulls the image. */
const UP_LIMIT_MS = 10 * 60_000;

export interface ComposeOptions {
  readonly onProgress?: ProgressListener;
  /** The docker client to call. */
  readonly program?: string;
}

/** Whether a Docker engine answers and has the compose plug-in. */
export async function composeIsUsable(program = 'docker'): Promise<boolean> {
  return (await whyUnusable(program)) === undefined;
}

/**
 * Brings the Kafka service of docker-compose.yml up and waits until it is healthy. `stop` takes it down again, unless it was
 * up before. Fails with KAFKA_DOCKER_MISSING or KAFKA_COMPOSE_FAILED.
 */
export async function openCompose({
  onProgress = () => {},
  program = 'docker',
}: ComposeOptions): Promise<OpenBroker> {
  const reason = await whyUnusable(program);
  if (reason !== undefined) throw kafkaErrors.error('KAFKA_DOCKER_MISSING', { reason });
  const wasUp = await isUp(program);
  if (!wasUp) {
    onProgress('Starting Kafka with docker compose');
    const outcome = await compose(program, ['up', '-d', '--wait', SERVICE], UP_LIMIT_MS);
    if (outcome.kind === 'missing' || outcome.code !== 0) {
      await down(program);
      throw kafkaErrors.error('KAFKA_COMPOSE_FAILED', { reason: lastLine(outcome) });
    }
  }
  const { kafkaVersion, heapMb, address } = readComposeFile(await readFile(COMPOSE_FILE, 'utf8'));
  return {
    kind: 'compose',
    description: `Apache Kafka ${kafkaVersion}, docker compose, KRaft, one node, ${heapMb} MB heap`,
    kafkaVersion,
    heapMb,
    comparable: true,
    processId: null,
    connection: { kind: 'kafka', brokers: [address] },
    stop: async () => {
      if (!wasUp) await down(program);
    },
  };
}

async function whyUnusable(program: string): Promise<string | undefined> {
  const engine = await runCommand(program, ['info', '--format', '{{.ServerVersion}}'], {
    timeoutMs: QUESTION_LIMIT_MS,
  });
  if (engine.kind === 'missing') return `there is no ${program} on the PATH`;
  if (engine.code !== 0) return 'no Docker engine answers';
  const plugIn = await runCommand(program, ['compose', 'version'], { timeoutMs: QUESTION_LIMIT_MS });
  return plugIn.kind === 'ended' && plugIn.code === 0
    ? undefined
    : 'the docker client has no compose plug-in';
}

async function isUp(program: string): Promise<boolean> {
  const outcome = await compose(program, ['ps', '-q', '--status', 'running', SERVICE], QUESTION_LIMIT_MS);
  return outcome.kind === 'ended' && outcome.code === 0 && outcome.stdout.trim() !== '';
}

/** Removes the one service, so that a Redis that somebody started from the same file stays. */
async function down(program: string): Promise<void> {
  await compose(program, ['rm', '--stop', '--force', '--volumes', SERVICE], UP_LIMIT_MS);
}

function compose(program: string, args: readonly string[], timeoutMs: number): Promise<CommandOutcome> {
  return runCommand(program, ['compose', '-f', COMPOSE_FILE, ...args], { timeoutMs });
}

/** What reports say of the service; docker-compose.yml is ours, and its test holds these entries in place. */
export function readComposeFile(text: string): { kafkaVersion: string; heapMb: number; address: string } {
  const find = (pattern: RegExp): string => pattern.exec(text)?.[1] as string;
  return {
    kafkaVersion: find(/image: apache\/kafka:(\S+)/),
    heapMb: Number(find(/-Xmx(\d+)m/)),
    address: find(/KAFKA_ADVERTISED_LISTENERS: PLAINTEXT:\/\/(\S+)/),
  };
}

function lastLine(outcome: CommandOutcome): string {
  if (outcome.kind === 'missing') return 'the docker client is gone';
  return (outcome.stderr || outcome.stdout).trim().split('\n').at(-1)?.slice(0, 300) || 'it printed nothing';
}
