import { expect, test } from 'vitest';
import { checkRealEngines } from './real-engine-prerequisites.ts';

test('names what the real engines need, with versions out of their poms and a fix, and requires none of it', async () => {
  const checks = await checkRealEngines();
  const names = checks.map(({ name }) => name).filter((name) => name !== 'Java compiler');
  expect(names).toEqual(['Apache Flink', 'Apache Spark', 'Disk for jars', 'Memory for both']);
  for (const { name, ok, found, fix, required } of checks) {
    expect(fix, name).toMatch(/\.$/);
    expect(required).toBe(false);
    expect(ok && found === null, name).toBe(false);
    if (name.startsWith('Apache')) expect(`${found} ${fix}`).toMatch(/\d+\.\d+\.\d+/);
  }
});
