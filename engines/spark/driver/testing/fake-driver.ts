/**
 * Stands in for `java`: it speaks the driver's protocol on its standard streams, and misbehaves as the workload it is given says. A start
 * that is not the first finds the file that the first left in its folder.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const script = process.argv[process.argv.indexOf('--workload') + 1];
const isFirst = !existsSync('started');
writeFileSync('started', '');

const print = (line: string): boolean => process.stdout.write(`${line}\n`);
const tell = (kind: string, more: Readonly<Record<string, unknown>> = {}): boolean =>
  print(JSON.stringify({ kind, atNs: '1', ...more }));

tell('session-opened', { sparkVersion: '0' });
switch (script) {
  case 'hang':
    setInterval(() => {}, 1_000);
    break;
  case 'exit-in-start':
    process.stderr.write('last words\n\tat crosscurrent.spark.Main.main(Main.java:20)\n\t... 3 more\n');
    process.exit(7);
    break;
  case 'refuse':
    tell('failed', { message: '--trigger is missing' });
    process.exit(2);
    break;
  case 'fail':
    process.stderr.write('2026-01-01 INFO Utils: well\n2026-01-01 WARN AppInfoParser: not so well\n');
    tell('failed', { message: 'UnknownTopicOrPartitionException: no such topic' });
    tell('stopped');
    process.exit(1);
    break;
  case 'no-executor':
    tell('failed', { message: 'NoExecutorException: no executor within 60 s' });
    process.exit(1);
    break;
  case 'no-master':
    process.stderr.write(
      'ERROR StandaloneSchedulerBackend: Reason: All masters are unresponsive! Giving up.\n',
    );
    tell('failed', { message: 'IllegalStateException: Cannot call methods on a stopped SparkContext.' });
    process.exit(1);
    break;
  case 'full-heap':
    print('Terminating due to java.lang.OutOfMemoryError: Java heap space');
    process.exit(3);
    break;
  case 'foreign':
    print('{"kind":"progress","nonsense":true}');
    setInterval(() => {}, 1_000);
    break;
  case 'noise':
    print('[warning][cds] something about an archive');
    print('{"kind":"progress","atNs":"1","que');
    serve();
    break;
  default:
    serve();
}

function serve(): void {
  // A first driver that hangs says nothing more; its successors are well.
  if (script !== 'hang-later' || !isFirst) setInterval(() => tell('alive'), 50);
  tell('query-started', { query: 'dead-letters' });
  tell('query-started', { query: 'results' });
  if (isFirst) tell('idle', { query: 'results' });
  const orders: string[] = [];
  createInterface({ input: process.stdin })
    .on('line', (order) => {
      orders.push(order);
      batch(orders.length);
      tell('stopped');
      setTimeout(() => process.exit(0), 20);
    })
    .on('close', () => process.exit(0));
}

function batch(batchId: number): void {
  const progress = {
    batchId,
    batchDuration: 4,
    numInputRows: 10,
    durationMs: { addBatch: 3, triggerExecution: 4 },
    stateOperators: [],
    sources: [{ endOffset: { in: { '0': 10 * batchId } } }],
    sink: { numOutputRows: 2 },
  };
  tell('progress', { query: 'results', progress });
}
