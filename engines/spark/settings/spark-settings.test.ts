import { expect, test } from 'vitest';
import { PROFILE_NAMES } from '../../pipeline/index.ts';
import { sparkProfiles, sparkSettings } from './index.ts';

test.each(PROFILE_NAMES)('the profile %s holds settings that are allowed', (name) => {
  expect(sparkSettings.parse(sparkProfiles[name])).toMatchObject(sparkProfiles[name]);
});

test('real-time mode is refused with the reason', () => {
  expect(() => sparkSettings.parse({ triggerIntervalMs: 'realtime' })).toThrow(
    expect.objectContaining({
      code: 'PIPELINE_SETTING_INVALID',
      message: expect.stringContaining(
        'real-time mode, a trigger of another kind, runs stateless queries only',
      ),
    }),
  );
});

test.each([
  { trigger: 500 },
  { stateStore: 'hdfs' },
  { checkpointRoot: 'relative/folder' },
  { triggerIntervalMs: 0.5 },
])('%j is refused', (settings) => {
  expect(() => sparkSettings.parse(settings)).toThrow(
    expect.objectContaining({ code: 'PIPELINE_SETTING_INVALID' }),
  );
});
