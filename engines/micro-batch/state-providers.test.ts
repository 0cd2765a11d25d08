import { describeKilledState } from './testing/killed-state.ts';

describeKilledState('rocksdb', 'rocksdb');
