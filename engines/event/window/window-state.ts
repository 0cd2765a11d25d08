import type { StateValue } from '../../pipeline/index.ts';
import type { ByteReader, ByteWriter, ValueCodec } from '../state/index.ts';

/** What is kept of one window: without content it is empty, because it was purged. */
export interface WindowState<Content> {
  content: Content | undefined;
  triggerState: StateValue | undefined;
}

const ABSENT = 0;
const NUMBER = 1;
const JSON_TEXT = 2;

export function windowStateCodec<Content>(content: ValueCodec<Content>): ValueCodec<WindowState<Content>> {
  return {
    copy: (state) => ({
      content: state.content === undefined ? undefined : content.copy(state.content),
      triggerState: state.triggerState,
    }),
    write(state, writer) {
      writer.uint8(state.content === undefined ? 0 : 1);
      if (state.content !== undefined) content.write(state.content, writer);
      writeTriggerState(state.triggerState, writer);
    },
    read: (reader) => ({
      content: reader.uint8() === 0 ? undefined : content.read(reader),
      triggerState: readTriggerState(reader),
    }),
  };
}

/** Numbers, which the engine's own triggers keep, may be infinite; JSON has no word for that. */
function writeTriggerState(state: StateValue | undefined, writer: ByteWriter): void {
  if (state === undefined) {
    writer.uint8(ABSENT);
  } else if (typeof state === 'number') {
    writer.uint8(NUMBER);
    writer.float64(state);
  } else {
    writer.uint8(JSON_TEXT);
    writer.text(JSON.stringify(state));
  }
}

function readTriggerState(reader: ByteReader): StateValue | undefined {
  const kind = reader.uint8();
  if (kind === ABSENT) return undefined;
  return kind === NUMBER ? reader.float64() : (JSON.parse(reader.text()) as StateValue);
}
