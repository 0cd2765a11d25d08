import type { Capability } from '../capability.ts';
import { validateDataflow } from '../dataflow/index.ts';
import type { EngineName, EngineSettings, Pipeline, SettingRow } from '../lifecycle/index.ts';
import { refuseMissing } from '../required-capabilities.ts';
import { superviseEngine } from './supervise-engine.ts';

export interface EmbeddedPipelineOptions {
  readonly engine: EngineName;
  readonly capabilities: ReadonlySet<Capability>;
  readonly settings: {
    /** Throws PIPELINE_SETTING_INVALID. */
    parse(settings: EngineSettings): unknown;
    sheet(settings: EngineSettings): readonly SettingRow[];
  };
  /** Module that calls `hostEngine`. */
  readonly entry: URL;
}

/** The Pipeline of an engine of this repository: checked here, run in a supervised process of its own. */
export function embeddedPipeline({
  engine,
  capabilities,
  settings,
  entry,
}: EmbeddedPipelineOptions): Pipeline {
  return {
    engine,
    capabilities,
    validate(dataflow, given) {
      validateDataflow(dataflow);
      refuseMissing(engine, capabilities, dataflow);
      settings.parse(given);
    },
    settingsSheet: (given) => settings.sheet(given),
    async deploy(deployment, onEvent) {
      settings.parse(deployment.settings);
      return superviseEngine({ engine, capabilities, entry, deployment, onEvent });
    },
  };
}
