/**
 * What a frame is made of. Wire values; a barrier is always the last entry of its frame. `secondElement` is a row of the second of two
 * inputs, in a layout of its own; watermarks and statuses name the source that they are from.
 */
export const ENTRY = {
  none: 0,
  element: 1,
  watermark: 2,
  idle: 3,
  active: 4,
  barrier: 5,
  secondElement: 6,
} as const;
export type Entry = (typeof ENTRY)[keyof typeof ENTRY];

/** Instead of a dictionary number: a text that both ends add to their dictionary, or one that they do not. */
export const TEXT_ADDED = 0xffff_ffff;
export const TEXT_INLINE = 0xffff_fffe;
/** Texts a field's dictionary takes in; those that come later travel inline. */
export const DICTIONARY_SIZE = 65_536;
