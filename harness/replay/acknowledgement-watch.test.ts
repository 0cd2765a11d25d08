import { expect, test } from 'vitest';
import { AcknowledgementWatch } from './acknowledgement-watch.ts';

test('the longest wait runs from the first unacknowledged send to the next acknowledgement', () => {
  const watch = new AcknowledgementWatch();
  watch.onSend(100);
  watch.onSend(150);
  watch.onAcknowledged(1, 180, 2);
  expect(watch.longestUnacknowledgedNs).toBe(80);
  // One record is still waited for: the silence goes on from here.
  watch.onSend(200);
  watch.onAcknowledged(2, 400, 3);
  expect(watch).toMatchObject({ acknowledged: 3, lastNs: 400, longestUnacknowledgedNs: 220 });
});

test('time in which nothing is under way is no wait', () => {
  const watch = new AcknowledgementWatch();
  watch.onSend(0);
  watch.onAcknowledged(1, 10, 1);
  watch.onSend(5_000);
  watch.onAcknowledged(1, 5_020, 2);
  expect(watch.longestUnacknowledgedNs).toBe(20);
});
