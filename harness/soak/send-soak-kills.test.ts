import { expect, test } from 'vitest';
import type { EngineStep, PipelineEvent } from '../../engines/pipeline/index.ts';
import { EngineWatch } from './engine-watch.ts';
import { phaseAt } from './kill-phase.ts';
import { type PlannedKill, planSoakKills } from './kill-plan.ts';
import { sendSoakKills } from './send-soak-kills.ts';

const CYCLE_MS = 1_000;
const report = { checkpointId: 1, startedAtNs: 0n, durationMs: 1, pauseMs: null, bytesWritten: 1 };
const ns = (milliseconds: number): bigint => BigInt(Math.round(milliseconds * 1e6));

/**
 * An engine on virtual time: 5 ms after a kill its process starts, 200 ms later it restores, 100 ms later it runs; the first checkpoint begins 100 ms
 * after that and then one each second, 20 ms long, with 10 ms of commit.
 */
class VirtualEngine {
  readonly watch = new EngineWatch();
  readonly events: PipelineEvent[] = [];
  readonly kills: { readonly aim: string; readonly atMs: number }[] = [];
  nowMs = 0;
  #due: { readonly atMs: number; readonly event: PipelineEvent }[] = [];
  readonly #comesBack: boolean;
  readonly #tellsSteps: boolean;

  constructor({ comesBack = true, tellsSteps = true } = {}) {
    this.#comesBack = comesBack;
    this.#tellsSteps = tellsSteps;
    this.watch.hear({ kind: 'process-started', atNs: ns(0), processId: 1, incarnation: 1 });
    this.watch.hear({ kind: 'running', atNs: ns(300), incarnation: 1 });
    this.#run(0);
  }

  target() {
    return {
      nowMs: () => this.nowMs,
      wait: async (durationMs: number) => this.#advance(this.nowMs + durationMs),
      nextEvent: async (limitMs: number) => {
        this.#advance(Math.min(this.#due[0]?.atMs ?? Number.POSITIVE_INFINITY, this.nowMs + limitMs));
      },
      kill: ({ aim }: PlannedKill) => {
        this.kills.push({ aim, atMs: this.nowMs });
        this.#due = [];
        this.#at(this.nowMs + 4, { kind: 'process-exited', atNs: 0n, incarnation: 1, cause: 'signal' });
        if (!this.#comesBack) return;
        this.#at(this.nowMs + 5, { kind: 'process-started', atNs: 0n, processId: 1, incarnation: 1 });
        this.#step(this.nowMs + 205, 'restore');
        this.#at(this.nowMs + 305, { kind: 'running', atNs: 0n, incarnation: 1 });
        this.#run(this.nowMs + 405);
      },
    };
  }

  #run(firstMs: number): void {
    for (let checkpoint = 0; checkpoint < 10; checkpoint += 1) {
      const atMs = firstMs + checkpoint * CYCLE_MS;
      this.#step(atMs, 'checkpoint');
      this.#step(atMs + 20, 'commit');
      this.#at(atMs + 30, { kind: 'checkpoint-completed', atNs: 0n, checkpoint: report });
    }
  }

  #step(atMs: number, step: EngineStep): void {
    if (this.#tellsSteps) this.#at(atMs, { kind: 'step-begun', atNs: 0n, step });
  }

  #at(atMs: number, event: PipelineEvent): void {
    this.#due.push({ atMs, event: { ...event, atNs: ns(atMs) } });
  }

  #advance(toMs: number): void {
    while (true) {
      const next = this.#due[0];
      if (next === undefined || next.atMs > toMs) break;
      this.#due.shift();
      this.events.push(next.event);
      this.watch.hear(next.event);
    }
    this.nowMs = toMs;
  }
}

test('kills hit what they are aimed at, and those at a restart the one before', async () => {
  const engine = new VirtualEngine();
  const plan = planSoakKills({ kills: 60, seed: 5, name: 'virtual', guarantee: 'exactly-once' });
  await sendSoakKills(plan, CYCLE_MS, engine.watch, engine.target());
  expect(engine.kills.map(({ aim }) => aim)).toEqual(plan.map(({ aim }) => aim));
  const hit = (aim: string): Set<string> =>
    new Set(
      engine.kills.filter((kill) => kill.aim === aim).map(({ atMs }) => phaseAt(engine.events, ns(atMs))),
    );
  expect(hit('restart')).toEqual(new Set(['restarting', 'restoring']));
  expect(
    [...hit('checkpoint')].filter((phase) => phase !== 'checkpointing' && phase !== 'committing'),
  ).toEqual([]);
  expect(hit('commit')).toEqual(new Set(['committing']));
  expect(hit('anywhere')).toContain('running');
  expect(engine.watch.isRunning).toBe(true);
});

test('an engine that tells of no steps is killed all the same', async () => {
  const engine = new VirtualEngine({ tellsSteps: false });
  const plan = (['checkpoint', 'commit'] as const).map((aim) => ({ aim, share: 0.5, passing: 1 }));
  await sendSoakKills(plan, CYCLE_MS, engine.watch, engine.target());
  expect(engine.kills).toHaveLength(2);
});

test('an engine that does not come back is given up', async () => {
  const engine = new VirtualEngine({ comesBack: false });
  const plan = planSoakKills({ kills: 2, seed: 1, name: 'virtual', guarantee: 'exactly-once' });
  await expect(sendSoakKills(plan, CYCLE_MS, engine.watch, engine.target())).rejects.toMatchObject({
    code: 'HARNESS_NO_RESTART',
  });
});
