/** Size at which a frame leaves: large enough to make the crossing cheap, small beside the ring. */
export const FRAME_BYTES = 16 * 1024;
