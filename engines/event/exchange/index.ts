export { BarrierAligner } from './barrier-aligner.ts';
export { Bell } from './bell.ts';
export { ChannelReader } from './channel-reader.ts';
export { ChannelWriter } from './channel-writer.ts';
export { ENTRY } from './entry.ts';
export { FrameBuffer, FrameCursor } from './frame-buffer.ts';
export { FRAME_BYTES } from './frame-size.ts';
export { allocateRing, RingReader, RingWriter } from './ring.ts';
export { type ChannelInput, type RawRecord, type RowLayout, rowLayout } from './row-layout.ts';
