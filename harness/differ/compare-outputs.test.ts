import { expect, test } from 'vitest';
import { compareOutputs, differenceCount, type OutputRules } from './compare-outputs.ts';
import { type OutputRecord, outputRecord } from './output-record.ts';

const RULES: OutputRules = {
  identity: ['region', 'start'],
  lastOfEach: false,
  mayBeMissing: ({ region }) => region === 'sentinel',
  limit: 10,
};

const record = (value: object, key = 'k'): OutputRecord =>
  outputRecord(key, Buffer.from(JSON.stringify(value)));
const bytes = (text: string): OutputRecord => outputRecord(null, Buffer.from(text, 'latin1'));

test('names in another order and spaces are the same record; another key is not', () => {
  const base = outputRecord('k', Buffer.from('{"region":"a","start":1,"of":{"x":1,"y":2}}'));
  const other = outputRecord('k', Buffer.from('{ "of": {"y":2,"x":1}, "start": 1, "region": "a" }'));
  expect(compareOutputs([base], [other], RULES)).toMatchObject({ same: 1, differences: [] });
  const elsewhere = { ...other, key: 'l' };
  expect(compareOutputs([base], [elsewhere], RULES).differences).toEqual([
    { kind: 'different', base, other: elsewhere, fields: ['key'] },
  ]);
});

test('a changed record is shown with its counterpart and the fields that differ', () => {
  const [base, other] = [
    record({ region: 'a', start: 1, total: 5, count: 2 }),
    record({ region: 'a', start: 1, total: 6, count: 2 }),
  ];
  const same = record({ region: 'b', start: 1, total: 1, count: 1 });
  expect(compareOutputs([base, same], [same, other], RULES)).toEqual({
    base: 2,
    other: 2,
    same: 1,
    different: 1,
    onlyBase: 0,
    onlyOther: 0,
    repeated: 0,
    leftOpen: 0,
    differences: [{ kind: 'different', base, other, fields: ['total'] }],
  });
});

test('a record under another identity stands beneath the one that it may be', () => {
  const at = (region: string, start: number) => record({ region, start, total: 5 });
  const [base, other] = [
    [at('a', 1), at('b', 1)],
    [at('b', 2), at('a', 2)],
  ];
  const { differences } = compareOutputs(base, other, RULES);
  expect(differences.map(({ kind }) => kind)).toEqual(['only-base', 'only-other', 'only-base', 'only-other']);
});

test('a record that comes more often than on the other side is a difference, also where nothing failed', () => {
  const one = record({ region: 'a', start: 1 });
  const compared = compareOutputs([one, one, one], [one, one], RULES);
  expect(compared).toMatchObject({ same: 2, repeated: 1, different: 0, onlyBase: 0, onlyOther: 0 });
  expect(compared.differences).toEqual([{ kind: 'repeated', record: one, baseTimes: 3, otherTimes: 2 }]);
});

test('a result that depends on how an engine is stopped may be missing, but not be another', () => {
  const closed = record({ region: 'sentinel', start: 1, total: 0 });
  expect(compareOutputs([closed], [], RULES)).toMatchObject({ leftOpen: 1, onlyBase: 0, differences: [] });
  const another = record({ region: 'sentinel', start: 1, total: 1 });
  expect(compareOutputs([closed], [another], RULES)).toMatchObject({ different: 1, leftOpen: 0 });
});

test('of a running value the last of each identity counts, or of each key where there is none', () => {
  const running = { ...RULES, identity: ['merchant'], lastOfEach: true };
  const spend = (merchant: string, total: number) => record({ merchant, total }, merchant);
  const every = [spend('a', 1), spend('b', 4), spend('a', 3)];
  expect(compareOutputs(every, [spend('a', 3), spend('b', 4)], running)).toMatchObject({ base: 2, same: 2 });
  const byKey = { ...running, identity: [] };
  expect(compareOutputs(every, [spend('a', 3), spend('b', 5)], byKey)).toMatchObject({
    same: 1,
    onlyBase: 1,
    onlyOther: 1,
  });
});

test('bytes that are no JSON are compared as they are, and so are records without a value', () => {
  const [cut, other] = [bytes('{"seq":1,"reg'), bytes('{"seq":1,"re')];
  const nothing = outputRecord(null, null);
  expect(compareOutputs([cut, nothing], [nothing, cut], RULES)).toMatchObject({ same: 2, differences: [] });
  expect(compareOutputs([cut, nothing], [other], RULES)).toMatchObject({ onlyBase: 2, onlyOther: 1 });
  expect(compareOutputs([bytes('"\xe9"')], [outputRecord(null, Buffer.from('"é"'))], RULES)).toMatchObject({
    same: 0,
  });
});

test('only so many differences are kept; all are counted', () => {
  const base = Array.from({ length: 30 }, (_, start) => record({ region: 'a', start }));
  const compared = compareOutputs(base, [], { ...RULES, limit: 3 });
  expect(compared.differences).toHaveLength(3);
  expect(differenceCount(compared)).toBe(30);
});
