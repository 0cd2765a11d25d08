/** What a guardian is to run: the commands in order, each after the one before ended with 0; the last is the service. */
export interface GuardedCommands {
  readonly program: string;
  readonly commands: readonly (readonly string[])[];
  /** Standard output and error of the commands go here. */
  readonly outputFile: string;
  /** Removed when the commands have ended. */
  readonly folder: string;
  /** Removed alone, and the rest of `folder` kept, when the service ended by itself or its logs are to stay. */
  readonly dataFolder: string;
}

export type GuardianMessage =
  /** The last command was started. */
  | { readonly type: 'started'; readonly processId: number }
  /** A command ended by itself. */
  | { readonly type: 'ended'; readonly command: number; readonly reason: string };

/** Ends the service (SIGTERM lets it shut down in order), then the guardian. */
export interface GuardianOrder {
  readonly signal: 'SIGKILL' | 'SIGTERM';
  /** Whether the logs stay, to be read after a failure to start. */
  readonly keepLogs: boolean;
}
