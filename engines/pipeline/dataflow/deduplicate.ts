/**
 * The first row of each combination of values of the fields, later ones dropped (Spark's dropDuplicates). With a watermark whose field is among
 * them a combination is forgotten once the watermark passes its time, and rows behind the watermark are late; without, never.
 * `withinWatermark` (dropDuplicatesWithinWatermark) forgets each combination when the watermark passes the time of its first row plus the delay.
 */
export interface DeduplicateNode {
  readonly kind: 'deduplicate';
  readonly fields: readonly string[];
  readonly withinWatermark?: boolean;
}
