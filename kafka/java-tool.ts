import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { resolveKafkaClasspath } from './broker/index.ts';

export interface JavaToolRun {
  /** Main class, such as org.apache.kafka.tools.consumer.ConsoleConsumer. */
  readonly tool: string;
  readonly args: readonly string[];
  readonly heapMb: number;
  /** Further options of the JVM. */
  readonly jvmOptions?: readonly string[];
  /** What the tool reads from its standard input. */
  readonly input?: string;
}

const TIME_LIMIT_MS = 300_000;

/** Runs one of Kafka's own command-line tools in a JVM of its own and returns what it printed; fails if it fails. */
export async function runJavaTool({
  tool,
  args,
  heapMb,
  jvmOptions = [],
  input = '',
}: JavaToolRun): Promise<string> {
  const classpath = await resolveKafkaClasspath();
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
  return new Promise((resolve, reject) => {
    const child = execFile(
      java,
      [`-Xms${heapMb}m`, `-Xmx${heapMb}m`, ...jvmOptions, '-cp', classpath, tool, ...args],
      { timeout: TIME_LIMIT_MS, maxBuffer: 64 * 1024 * 1024 },
      (failure, output, messages) => {
        if (failure === null) resolve(output);
        else reject(new Error(`${tool} failed: ${messages.trim() || output.trim()}`, { cause: failure }));
      },
    );
    child.stdin?.end(input);
  });
}
