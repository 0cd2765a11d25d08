import { expect, test } from 'vitest';
import { allocateCells, CELL } from './slot-cells.ts';
import { readSlotFigures } from './slot-figures.ts';
import { SlotMeter } from './slot-meter.ts';

function meterFrom(startMs: number) {
  const memory = allocateCells(2);
  let nowMs = startMs;
  const meter = new SlotMeter({ memory, slot: 1, monotonicNs: () => BigInt(Math.round(nowMs * 1e6)) });
  return {
    meter,
    pass: (ms: number) => {
      nowMs += ms;
    },
    look: () => readSlotFigures(memory, 1, nowMs),
    lookAtOther: () => readSlotFigures(memory, 0, nowMs),
  };
}

test('each part of a turn, and of the time between turns, belongs to one activity', () => {
  const { meter, pass, look, lookAtOther } = meterFrom(1_000);
  pass(10);
  meter.turnBegan();
  pass(2);
  meter.charge(CELL.operatorMs);
  pass(3);
  meter.charge(CELL.sourceMs);
  meter.turnEnded(0, 0, 0);
  pass(5);
  meter.turnBegan();
  pass(1);
  meter.charge(CELL.operatorMs);
  meter.sleeps(CELL.backPressuredMs);
  pass(7);
  meter.turnBegan();
  meter.sleeps(CELL.idleMs);
  pass(100);
  expect(look()).toMatchObject({
    idleMs: 110,
    operatorMs: 3,
    sourceMs: 3,
    otherMs: 5,
    backPressuredMs: 7,
  });
  expect(lookAtOther()).toMatchObject({ idleMs: 0, operatorMs: 0, otherMs: 0 });
});

test('what the operator takes within the source is timed in one turn of 64 and stands for all', () => {
  const { meter, pass, look } = meterFrom(1);
  for (let turn = 1; turn <= 64; turn++) {
    meter.turnBegan();
    meter.sourceBegan();
    pass(1);
    meter.callBegan();
    pass(3);
    meter.callEnded();
    meter.charge(CELL.sourceMs);
    meter.callBegan();
    pass(1);
    meter.callEnded();
    meter.charge(CELL.operatorMs);
  }
  expect(look()).toMatchObject({ sourceMs: 64, operatorMs: 4 * 64 });
});

test('records are told by run, what passed all steps is what was neither broken nor dropped', () => {
  const { meter, look } = meterFrom(1);
  meter.read(100, 1, 9);
  meter.read(10, 0, 0);
  meter.turnBegan();
  meter.turnEnded(50, 7, 3);
  expect(look()).toMatchObject({
    read: 110,
    decoded: 109,
    kept: 100,
    operatorIn: 50,
    results: 7,
    otherOutputs: 3,
  });
});
