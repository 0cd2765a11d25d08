import type { Row } from '../../pipeline/index.ts';
import type { PartitionInput } from '../connect/index.ts';
import type { RawRecord } from '../exchange/index.ts';
import type { WatermarkOutput } from '../time/index.ts';

/** Where the rows and watermarks of one source go, in the order of the calls: on to the keyed operators of all slots, or to the sink. */
export interface SourceOutput extends WatermarkOutput {
  /** True when no further record of this source may be started. */
  readonly blocked: boolean;
  row(row: Row, timestampMs: number, raw: RawRecord | undefined, partition: number): void;
  deadLetter(input: PartitionInput): void;
}
