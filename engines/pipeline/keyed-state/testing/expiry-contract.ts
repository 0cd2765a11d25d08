import { describe, expect, it } from 'vitest';
import { listState, mapState, valueState } from '../../dataflow/index.ts';
import type { StateHandle } from '../declared-state.ts';
import { EXPIRY_CASES, EXPIRY_CONTEXTS } from './expiry-cases.ts';
import type { Life, OpenStates } from './states-under-test.ts';

/** How state expires, on every engine and backend: Flink's own cases, and the clean-up in the background. */
export function describeExpiryContract(name: string, open: OpenStates, lives: readonly Life[]): void {
  describe.each(lives)(`expiry on ${name}, %s`, (life) => {
    describe.each(EXPIRY_CONTEXTS)('$name', (context) => {
      it.each(EXPIRY_CASES)('$name', async ({ ttl, steps }) => {
        const declaration = context.declare({ ...ttl, cleanup: 'onAccess' });
        const states = await open({ state: declaration }, life);
        for (const step of steps) {
          states.nowMs = step.atMs;
          const seen = await states.use(step.key ?? 'defaultKey', ({ state }) =>
            'update' in step
              ? context.update(state as StateHandle, context.updates[step.update])
              : context.read(state as StateHandle),
          );
          if ('gives' in step) expect(seen).toEqual(context.reads[step.gives]);
        }
        await states.close();
      });
    });

    it('cleans up what nobody reads again, by the time of the last use', async () => {
      const ttl = { ttlMs: 100, visibility: 'returnExpiredIfNotCleanedUp' } as const;
      const states = await open(
        { value: valueState<number>(ttl), list: listState<number>(ttl), map: mapState<number>(ttl) },
        life,
      );
      await states.use('a', ({ value, list, map }) => {
        value.set(1);
        list.add(1);
        map.put('x', 1);
      });
      states.nowMs = 60;
      await states.use('a', ({ value, list, map }) => {
        value.set(2);
        list.add(2);
        map.put('y', 2);
      });
      expect(states.nextSweepMs).toBe(100);
      await states.sweepAt(100);
      expect(
        await states.use('a', ({ value, list, map }) => [value.get(), list.get(), map.entries()]),
      ).toEqual([2, [2], [['y', 2]]]);
      expect(states.nextSweepMs).toBe(160);
      await states.sweepAt(160);
      expect(
        await states.use('a', ({ value, list, map }) => [value.get(), list.get(), map.isEmpty()]),
      ).toEqual([undefined, [], true]);
      expect(states.nextSweepMs).toBe(Number.POSITIVE_INFINITY);
      await states.close();
    });

    it('calls a map empty whose entries have expired, and makes none younger by asking', async () => {
      const states = await open(
        { map: mapState<number>({ ttlMs: 100, update: 'onReadAndWrite', cleanup: 'onAccess' }) },
        life,
      );
      await states.use('a', ({ map }) => map.put('x', 1));
      states.nowMs = 99;
      expect(await states.use('a', ({ map }) => map.isEmpty())).toBe(false);
      states.nowMs = 100;
      expect(await states.use('a', ({ map }) => [map.isEmpty(), map.get('x')])).toEqual([true, undefined]);
      await states.close();
    });

    it('keeps one timer a key, which goes with the state', async () => {
      const ttl = { ttlMs: 100 };
      const states = await open(
        { value: valueState<number>(ttl), list: listState<number>(ttl), map: mapState<number>(ttl) },
        life,
      );
      for (states.nowMs = 0; states.nowMs < 5; states.nowMs++) {
        await states.use('a', ({ value, list, map }) => {
          value.set(1);
          list.update([1, 2]);
          list.add(3);
          map.put('x', 1);
          map.put('y', 1);
          value.clear();
          list.clear();
          map.remove('x');
          map.remove('y');
        });
        expect(states.nextSweepMs).toBe(Number.POSITIVE_INFINITY);
      }
      await states.close();
    });
  });
}
