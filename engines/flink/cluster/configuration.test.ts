import { expect, test } from 'vitest';
import { flinkProfiles, flinkSettings } from '../settings/index.ts';
import { clusterConfiguration, jobConfiguration } from './configuration.ts';

test('the configuration of a cluster keeps to its folder, its ports and its heap', () => {
  const settings = flinkSettings.parse({});
  const plan = { folder: '/run/1', restPort: 1001, rpcPort: 1002, heapMb: 512, settings };
  expect(clusterConfiguration(plan)).toMatchInlineSnapshot(`
    {
      "execution.checkpointing.dir": "file:///run/1/checkpoints",
      "heartbeat.interval": "10000 ms",
      "heartbeat.timeout": "50000 ms",
      "io.tmp.dirs": "/run/1/tmp",
      "jobmanager.bind-host": "127.0.0.1",
      "jobmanager.rpc.address": "127.0.0.1",
      "jobmanager.rpc.port": 1002,
      "metrics.fetcher.update-interval": "1000 ms",
      "rest.address": "127.0.0.1",
      "rest.bind-address": "127.0.0.1",
      "rest.bind-port": 1001,
      "rest.port": 1001,
      "taskmanager.bind-host": "127.0.0.1",
      "taskmanager.cpu.cores": "2.0",
      "taskmanager.host": "127.0.0.1",
      "taskmanager.memory.framework.heap.size": "128m",
      "taskmanager.memory.framework.off-heap.size": "128m",
      "taskmanager.memory.jvm-metaspace.size": "192m",
      "taskmanager.memory.jvm-overhead.max": "192m",
      "taskmanager.memory.jvm-overhead.min": "192m",
      "taskmanager.memory.managed.size": "256m",
      "taskmanager.memory.network.max": "128m",
      "taskmanager.memory.network.min": "128m",
      "taskmanager.memory.task.heap.size": "384m",
      "taskmanager.memory.task.off-heap.size": "0m",
      "taskmanager.numberOfTaskSlots": 2,
      "web.refresh-interval": "100 ms",
      "web.timeout": "20 s",
      "web.upload.dir": "/run/1/upload",
    }
  `);
});

test('the configuration of a job by default', () => {
  expect(jobConfiguration(flinkSettings.parse({}))).toMatchInlineSnapshot(`
    {
      "execution.buffer-timeout.interval": "100 ms",
      "execution.checkpointing.interval": "1000 ms",
      "pipeline.auto-watermark-interval": "200 ms",
      "pipeline.object-reuse": "false",
      "restart-strategy.exponential-delay.initial-backoff": "1000 ms",
      "restart-strategy.type": "exponential-delay",
      "state.backend.type": "hashmap",
    }
  `);
});

test('the configuration of a job tuned for latency, on RocksDB', () => {
  const settings = flinkSettings.parse({ ...flinkProfiles['tuned-latency'], stateBackend: 'rocksdb' });
  expect(jobConfiguration(settings)).toMatchInlineSnapshot(`
    {
      "execution.buffer-timeout.interval": "0 ms",
      "execution.checkpointing.interval": "1000 ms",
      "pipeline.auto-watermark-interval": "10 ms",
      "pipeline.object-reuse": "true",
      "restart-strategy.fixed-delay.attempts": "2147483647",
      "restart-strategy.fixed-delay.delay": "100 ms",
      "restart-strategy.type": "fixed-delay",
      "state.backend.type": "rocksdb",
    }
  `);
});

test('a first delay above the longest that Flink has by default is the longest too', () => {
  const settings = flinkSettings.parse({ restartDelayMs: 120_000 });
  expect(jobConfiguration(settings)).toMatchObject({
    'restart-strategy.exponential-delay.initial-backoff': '120000 ms',
    'restart-strategy.exponential-delay.max-backoff': '120000 ms',
  });
});
