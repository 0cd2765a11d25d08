/** Answers of Apache Flink 2.2.1, recorded from the regional-revenue job on two slots, their long lists and stack traces cut short. */

export const JOB = '94b5dc030ec514e0118ad6f604398567';
export const SOURCE = 'c3919b0b80c770dcaba928458d2e49b0';
export const WINDOWS = 'f6b5be61ea57a0f512f34ff4d7f6c314';

export const OVERVIEW = {
  taskmanagers: 1,
  'slots-total': 2,
  'slots-available': 0,
  'jobs-running': 1,
  'flink-version': '2.2.1',
  'flink-commit': '450c63e',
};

export const RUNNING_JOB = {
  jid: JOB,
  name: 'regional-revenue',
  isStoppable: false,
  state: 'RUNNING',
  'start-time': 1795445154679,
  now: 1795445173279,
  vertices: [
    {
      id: SOURCE,
      slotSharingGroupId: '2885d2a79ab767faa548a7130d924a8d',
      name: 'Source: input -> decode -> dead-letter: Writer -> dead-letter: Committer',
      maxParallelism: 128,
      parallelism: 2,
      status: 'RUNNING',
    },
    {
      id: WINDOWS,
      slotSharingGroupId: '2885d2a79ab767faa548a7130d924a8d',
      name: 'watermark-floor -> windows -> (output: Writer -> output: Committer, late: Writer -> late: Committer)',
      maxParallelism: 128,
      parallelism: 2,
      status: 'RUNNING',
    },
  ],
};

export const CHECKPOINTS = {
  counts: { restored: 0, total: 16, in_progress: 1, completed: 7, failed: 8 },
  latest: {
    completed: { id: 7, external_path: 'file:/state/checkpoints/94b5dc030ec514e0118ad6f604398567/chk-7' },
    restored: null,
  },
  history: [
    {
      id: 8,
      status: 'IN_PROGRESS',
      is_savepoint: false,
      trigger_timestamp: 1795445172982,
      end_to_end_duration: -1,
      checkpointed_size: 0,
    },
    {
      id: 7,
      status: 'COMPLETED',
      is_savepoint: false,
      trigger_timestamp: 1795445172238,
      end_to_end_duration: 694,
      checkpointed_size: 18150,
    },
  ],
};

export const RESTORED = { id: 8, restore_timestamp: 1795444521988, is_savepoint: false };

export const METRIC_NAMES = [
  { id: '0.Source__input.KafkaSourceReader.topic.in.partition.3.currentOffset' },
  { id: '0.Source__input.KafkaSourceReader.topic.in.partition.3.committedOffset' },
  { id: '1.Source__input.KafkaSourceReader.topic.in.partition.0.currentOffset' },
  { id: '1.Source__input.numRecordsIn' },
];

export const METRIC_VALUES = [
  { id: '0.Source__input.KafkaSourceReader.topic.in.partition.3.currentOffset', value: '643' },
  { id: '1.Source__input.KafkaSourceReader.topic.in.partition.0.currentOffset', value: '-1' },
];

export const WATERMARKS = [
  { id: '0.currentInputWatermark', value: '1767225726509' },
  { id: '1.currentInputWatermark', value: '1767225718917' },
];

export const NO_WATERMARK = [{ id: '0.currentInputWatermark', value: '-9223372036854775808' }];

export const TASK_MANAGERS = {
  id: SOURCE,
  taskmanagers: [
    { endpoint: 'localhost:46357', status: 'RUNNING', 'taskmanager-id': '127.0.0.1:34483-a142fd' },
  ],
};

export const NO_FAILURE = { exceptionHistory: { entries: [], truncated: false } };

export const FAILURE = {
  exceptionHistory: {
    entries: [
      {
        exceptionName: 'org.apache.flink.runtime.resourcemanager.exceptions.ResourceManagerException',
        stacktrace:
          'org.apache.flink.runtime.resourcemanager.exceptions.ResourceManagerException: TaskManager with id 127.0.0.1:46381-4807ed is no longer reachable.\n\tat org.apache.flink.runtime.resourcemanager.ResourceManager$TaskManagerHeartbeatListener.notifyTargetUnreachable(ResourceManager.java:1492)\n',
        timestamp: 1795444466973,
      },
    ],
    truncated: false,
  },
};

export const JAR_MISSING = {
  errors: [
    'Internal server error.',
    '<Exception on server side:\njava.util.concurrent.CompletionException: org.apache.flink.runtime.rest.handler.RestHandlerException: Jar file /none.jar does not exist\n\tat org.apache.flink.runtime.webmonitor.handlers.JarRunHandler.handleRequest(JarRunHandler.java:100)\nCaused by: org.apache.flink.runtime.rest.handler.RestHandlerException: Jar file /none.jar does not exist\n\t... 51 more\n\nEnd of exception on server side>',
  ],
};
