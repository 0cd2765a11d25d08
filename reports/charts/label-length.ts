/** Longest label at the end of a line, characters; what is longer is cut. */
export const LONGEST_LABEL = 26;
