import { Command } from 'commander';
import { connect } from '../../../kafka/index.ts';
import { serializeLog } from '../../../workloads/index.ts';
import {
  type Anonymisation,
  type RecordingCounts,
  recordTopic,
  secretFromFile,
  unrepeatableSecret,
} from '../../record/index.ts';
import { openNamedBroker } from '../broker-options.ts';
import { interruptible } from '../interruption.ts';
import { optionValues } from '../option-values.ts';
import type { Terminal } from '../terminal.ts';

interface RecordOptions {
  readonly topic: string;
  readonly brokers: string;
  readonly clientConfig?: string;
  readonly out: string;
  readonly maxRecords: number;
  readonly from: ('beginning' | 'end')[];
  readonly duration?: number;
  readonly anonymiseKeys?: boolean;
  readonly anonymiseField?: string[];
  readonly anonymiseSecretFile?: string;
}

const PROGRESS_EACH_MS = 1_000;
const MOST_RECORDS = 20_000_000;

const EXAMPLES = `
Examples:
  $ npx crosscurrent log record --topic payments --brokers kafka1:9092 --out payments.log --max-records 1000000
  $ npx crosscurrent log record --topic payments --brokers kafka1:9093 --client-config client.properties \\
      --from end --duration 600 --anonymise-keys --anonymise-field merchant --anonymise-field card.number --out payments.log

Reads what is committed, in all partitions, and joins no consumer group. Ctrl-C ends the recording; what was read until then is written.
Recorded is what the topic holds: make sure that you may keep it. Without the options to anonymise, keys and values stay as they are.`;

/** `log record`: an existing topic as a log that can be replayed. */
export function recordLogCommand(terminal: Terminal): Command {
  const values = optionValues('log record');
  return new Command('record')
    .description('Records an existing topic into a log file, with the timestamps of its records.')
    .requiredOption('--topic <name>', 'the topic to read')
    .requiredOption('--brokers <addresses>', 'HOST:PORT,... of its cluster')
    .requiredOption('--out <file>', 'the file to write')
    .option('--client-config <file>', "client properties for the cluster, Kafka's own names (TLS, SASL)")
    .option(
      '--max-records <n>',
      'keep the first so many',
      values.whole('--max-records', 1, MOST_RECORDS),
      MOST_RECORDS,
    )
    .option(
      '--from <where>',
      'beginning: what the topic holds; end: only what comes from now on',
      values.choices('--from', ['beginning', 'end']),
      ['beginning'],
    )
    .option(
      '--duration <seconds>',
      'read so long, also what comes meanwhile',
      values.atLeast('--duration', 1, 86_400),
    )
    .option('--anonymise-keys', 'replace each key by a pseudonym; its partition stays')
    .option(
      '--anonymise-field <path>',
      "replace a member of the values' JSON by a pseudonym, the same as that of an equal key; repeatable, a.b for nested ones",
      (path: string, before: string[] = []) => [...before, path],
    )
    .option(
      '--anonymise-secret-file <file>',
      'secret of the pseudonyms, so that another recording gets the same (default: a random one that is never stored)',
    )
    .addHelpText('after', EXAMPLES)
    .action(async (options: RecordOptions) => record(options, terminal));
}

async function record(options: RecordOptions, terminal: Terminal): Promise<void> {
  const anonymisation = anonymisationOf(options);
  const { topic, maxRecords, duration, out } = options;
  await interruptible(terminal, async (signal) => {
    const broker = await openNamedBroker(options, terminal);
    const client = await connect(broker.connection);
    let shownMs = 0;
    try {
      const { log, counts } = await recordTopic({
        client,
        topic,
        from: options.from[0] ?? 'beginning',
        maxRecords,
        ...(duration === undefined ? {} : { durationMs: duration * 1_000 }),
        ...(anonymisation === undefined ? {} : { anonymisation }),
        nowMs: () => performance.now(),
        signal,
        onProgress: (records) => {
          if (performance.now() - shownMs < PROGRESS_EACH_MS) return;
          shownMs = performance.now();
          terminal.progress(`${records} records`);
        },
      });
      await serializeLog(log, out);
      const seconds = (log.dueUs?.at(-1) ?? 0) / 1e6;
      terminal.progress(
        `${log.count} records of ${log.specification.partitions} partitions, over ${seconds.toFixed(1)} s`,
      );
      for (const line of remarksOf(counts)) terminal.progress(line);
      terminal.result(`${log.sha256}  ${out}\n`);
    } finally {
      await client.close();
      await broker.stop();
    }
  });
}

function anonymisationOf(options: RecordOptions): Anonymisation | undefined {
  const { anonymiseKeys: keys = false, anonymiseField: fields = [], anonymiseSecretFile } = options;
  if (!keys && fields.length === 0) return undefined;
  const secret =
    anonymiseSecretFile === undefined ? unrepeatableSecret() : secretFromFile(anonymiseSecretFile);
  return { keys, fields, secret };
}

function remarksOf({ withoutKey, withoutValue, notHidden }: RecordingCounts): string[] {
  return [
    ...(withoutKey > 0 ? [`${withoutKey} records without a key: kept under an empty one`] : []),
    ...(withoutValue > 0 ? [`${withoutValue} records without a value: left out`] : []),
    ...(notHidden > 0
      ? [`${notHidden} records that are no JSON: left out, since fields are to be hidden`]
      : []),
  ];
}
