import type { StateValue } from '../../pipeline/index.ts';
import type { ValueCodec } from '../state/index.ts';

/** State values are immutable by their type, so a snapshot may share them. */
export const STATE_VALUE_CODEC: ValueCodec<StateValue> = {
  copy: (value) => value,
  write: (value, writer) => writer.text(JSON.stringify(value)),
  read: (reader) => JSON.parse(reader.text()) as StateValue,
};
