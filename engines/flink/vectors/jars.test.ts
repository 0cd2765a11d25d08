import { expect, test } from 'vitest';
import { pomVersion } from '../../../java/index.ts';
import { FLINK } from '../jars.ts';
import { FLINK_VECTORS } from './jars.ts';

test.each(['flink', 'jackson', 'log4j'])('vectors are printed with the %s that runs the jobs', (name) => {
  const version = pomVersion({ name, pom: FLINK.pom });
  expect(version).toMatch(/^\d/);
  expect(pomVersion({ name, pom: FLINK_VECTORS.pom })).toBe(version);
});
