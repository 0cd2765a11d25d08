/** Options of Kafka's own start script (kafka-run-class.sh), with the heap fixed. */
export function brokerJvmOptions(heapMb: number): string[] {
  return [
    '-server',
    `-Xms${heapMb}m`,
    `-Xmx${heapMb}m`,
    '-XX:+UseG1GC',
    '-XX:MaxGCPauseMillis=20',
    '-XX:InitiatingHeapOccupancyPercent=35',
    '-XX:+ExplicitGCInvokesConcurrent',
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
