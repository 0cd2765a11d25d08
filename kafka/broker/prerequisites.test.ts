import { expect, test } from 'vitest';
import { checkPrerequisites } from './prerequisites.ts';

test('names each prerequisite once, with a fix, and says what it found of those that are there', async () => {
  const checks = await checkPrerequisites();
  expect(checks.map(({ name }) => name)).toEqual(['Node', 'Java', 'Maven', 'Docker engine', 'Memory']);
  for (const { ok, found, fix } of checks) {
    expect(fix).toMatch(/\.$/);
    if (ok) expect(found).not.toBeNull();
  }
  expect(checks[0]).toMatchObject({ found: process.versions.node, ok: true, required: true });
});
