import type { Capability } from '../capability.ts';
import { type Dataflow, validateDataflow } from '../dataflow/index.ts';
import type { EngineName, EngineSettings, Pipeline, Profiles, SettingRow } from '../lifecycle/index.ts';
import { refuseMissing } from '../required-capabilities.ts';
import { nodeLauncher } from './node-launcher.ts';
import { SUPERVISION, superviseEngine } from './supervise-engine.ts';

export interface EmbeddedPipelineOptions<Settings> {
  readonly engine: EngineName;
  readonly capabilities: ReadonlySet<Capability>;
  readonly settings: {
    /** Throws PIPELINE_SETTING_INVALID. */
    parse(settings: EngineSettings): Settings;
    sheet(settings: EngineSettings): readonly SettingRow[];
  };
  readonly profiles: Profiles;
  /** Throws where the engine refuses a valid dataflow of which it has every capability. */
  readonly refuse?: (dataflow: Dataflow) => void;
  /** Whether the engine has an end with these settings; absent: it never has. */
  readonly endsOfItself?: (settings: Settings) => boolean;
  /** Module that calls `hostEngine`. */
  readonly entry: URL;
}

/** The Pipeline of an engine of this repository: checked here, run in a supervised process of its own. */
export function embeddedPipeline<Settings>({
  engine,
  capabilities,
  settings,
  profiles,
  refuse,
  endsOfItself,
  entry,
}: EmbeddedPipelineOptions<Settings>): Pipeline {
  return {
    engine,
    capabilities,
    profiles,
    prepare: async () => {},
    validate(dataflow, given) {
      validateDataflow(dataflow);
      refuseMissing(engine, capabilities, dataflow);
      refuse?.(dataflow);
      settings.parse(given);
    },
    ...(endsOfItself && { endsOfItself: (given) => endsOfItself(settings.parse(given)) }),
    settingsSheet: (given) => settings.sheet(given),
    async deploy(deployment, onEvent, signal) {
      settings.parse(deployment.settings);
      const launcher = nodeLauncher({ entry, limits: SUPERVISION.heartbeatLimits });
      return superviseEngine({ engine, capabilities, launcher, deployment, onEvent, signal });
    },
  };
}
