/** Receives one line of text for each step that may take long. */
export type ProgressListener = (text: string) => void;
