/**
 * Options of Kafka's own start script (kafka-run-class.sh), with the heap fixed and the optimising compiler off: it would take a third of a
 * core from the engines for the first minutes of every session (docs/decisions/005-broker-jit.md).
 */
export function brokerJvmOptions(heapMb: number): string[] {
  return [
    '-server',
    `-Xms${heapMb}m`,
    `-Xmx${heapMb}m`,
    '-XX:+UseG1GC',
    '-XX:MaxGCPauseMillis=20',
    '-XX:InitiatingHeapOccupancyPercent=35',
    '-XX:+ExplicitGCInvokesConcurrent',
    '-XX:TieredStopAtLevel=1',
    '-Djava.awt.headless=true',
  ];
}

/** For StorageTool, which lives for a moment. */
export const TOOL_JVM_OPTIONS = [
  '-Xmx256m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-Djava.awt.headless=true',
];
