import { defineErrors } from '../../errors/index.ts';

/** What can go wrong between a dataflow and a running pipeline, on every engine. */
export const pipelineErrors = defineErrors({
  PIPELINE_DATAFLOW_INVALID: {
    message: 'Dataflow "{dataflow}" is invalid at {node}: {reason}.',
    hint: 'Correct that node. The order of nodes is: source, then map, filter and watermark, keyBy (only aggregates do without), then window and aggregate, aggregate, or keyedProcess, then sink.',
    exit: 'usage',
  },
  PIPELINE_DATAFLOW_NOT_FOUND: {
    message: 'The module {module} gives no dataflow under the name "{export}": {reason}.',
    hint: 'The module must export a function of that name which takes the options and returns a Dataflow.',
    exit: 'usage',
  },
  PIPELINE_CAPABILITY_MISSING: {
    message: 'The {engine} engine has no "{capability}" ({meaning}), which {asker} asks for.',
    hint: 'Choose an engine that has it (docs/capabilities.md) or ask for something else; an engine never approximates.',
    exit: 'usage',
  },
  PIPELINE_PROCESSING_TIME_UNDECLARED: {
    message: 'A keyed function used processing time and has no onProcessingTimeTimer.',
    hint: 'Give the function an onProcessingTimeTimer: by it an engine without processing-time timers refuses the dataflow before it starts.',
    exit: 'usage',
  },
  PIPELINE_SETTING_INVALID: {
    message: 'Setting {setting} = {value} of the {engine} engine is invalid: {reason}.',
    hint: 'Settings of the {engine} engine: {known}.',
    exit: 'usage',
  },
  PIPELINE_START_FAILED: {
    message: 'The {engine} engine did not start: {reason}.',
    hint: 'Its log is {log}. The end of it:\n{logTail}',
    exit: 'crash',
  },
  PIPELINE_FAILED: {
    message: 'The {engine} engine failed {failures} times in a row without progress, last with: {reason}.',
    hint: 'Its log is {log}. The end of it:\n{logTail}',
    exit: 'crash',
  },
  PIPELINE_NOT_RUNNING: {
    message: 'The {engine} pipeline has no process: it was stopped, abandoned, or it failed.',
    hint: 'Deploy it again.',
    exit: 'crash',
  },
  PIPELINE_ABANDONED: {
    message: 'The {engine} pipeline was abandoned before it had stopped.',
    hint: 'Its state folder holds what was durable; deploy again with the same state folder and group to go on.',
    exit: 'interrupted',
  },
  PIPELINE_NOT_SUPERVISED: {
    message: 'An engine process was started by hand.',
    hint: 'Engine processes are started by their engine: call `deploy`, or `crosscurrent run`.',
    exit: 'usage',
  },
});
