import { expect, test } from 'vitest';
import { pomVersion } from '../../../java/index.ts';
import { SPARK } from '../jars.ts';
import { SPARK_VECTORS } from './jars.ts';

test.each(['spark', 'scala.binary'])('vectors are printed with the %s that runs the jobs', (name) => {
  const version = pomVersion({ name, pom: SPARK.pom });
  expect(version).toMatch(/^\d/);
  expect(pomVersion({ name, pom: SPARK_VECTORS.pom })).toBe(version);
});
