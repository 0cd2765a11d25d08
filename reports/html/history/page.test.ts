import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { historySeries, readHistory } from '../../history/index.ts';
import { plantedResults } from '../../history/testing/index.ts';
import { writeResult } from '../../model/index.ts';
import { readingOf } from '../../testing/index.ts';
import { renderHistoryHtml } from './index.ts';

test('what the page of a history says', async () => {
  const root = await mkdtemp(join(tmpdir(), 'crosscurrent-history-'));
  try {
    for (const [i, result] of plantedResults(8, 5).entries()) {
      await writeResult(result, join(root, 'planted', `${9 - i}`, 'result.json'));
    }
    const history = await readHistory(join(root, 'planted'));
    const options = { metrics: ['latency-p50', 'drain-rate'], minimumPoints: 8 } as const;
    const page = renderHistoryHtml(history, historySeries(history, options));
    await expect(readingOf(page)).toMatchFileSnapshot('golden/history.txt');
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
