import type { ErrorDetails } from '../../errors/index.ts';
import type { CommittedOffset, Isolation, TopicSpecification, TransactionOffsets } from '../port/index.ts';
import type { FetchQuery } from './log-store.ts';
import type { ProducerIdentity } from './producer-registry.ts';

/** What a client of the embedded log asks. Record batches travel behind it as plain bytes, in the order of their lengths. */
export type LogRequest =
  | { readonly type: 'create-topics'; readonly topics: readonly TopicSpecification[] }
  | { readonly type: 'delete-topics'; readonly topics: readonly string[] }
  | { readonly type: 'end-offsets'; readonly topic: string; readonly isolation: Isolation }
  | { readonly type: 'committed-offsets'; readonly group: string; readonly topic: string }
  | { readonly type: 'register-producer'; readonly transactionalId: string; readonly timeoutMs: number }
  | {
      readonly type: 'append';
      readonly producer: ProducerIdentity | undefined;
      readonly batches: readonly OutgoingBatch[];
    }
  | {
      readonly type: 'end-transaction';
      readonly producer: ProducerIdentity;
      readonly outcome: 'committed' | 'aborted';
      readonly offsets: TransactionOffsets | undefined;
    }
  | { readonly type: 'fetch'; readonly query: FetchQuery; readonly maxWaitMs: number };

export interface OutgoingBatch {
  readonly topic: string;
  readonly partition: number;
  readonly count: number;
  readonly length: number;
}

export interface ReturnedSlice {
  readonly topic: string;
  readonly partition: number;
  readonly nextOffset: number;
  readonly highWatermark: number;
  readonly length: number;
}

export type LogReply =
  | { readonly type: 'done' }
  | { readonly type: 'offsets'; readonly offsets: readonly number[] }
  /** null where nothing was committed, since JSON knows no undefined. */
  | { readonly type: 'committed'; readonly offsets: readonly (CommittedOffset | null)[] }
  | { readonly type: 'producer'; readonly producer: ProducerIdentity }
  | { readonly type: 'fetched'; readonly slices: readonly ReturnedSlice[] }
  | { readonly type: 'failed'; readonly code: string; readonly details: ErrorDetails };

/** A message with the bytes behind it. */
export interface Parcel<Message> {
  readonly message: Message;
  readonly payload: Buffer;
}

/** How requests reach the store: in this process, or over TCP. Requests are begun in the order in which they are given. */
export interface LogTransport {
  /** Rejects with the KAFKA_* error of a failed reply, or KAFKA_CLIENT_CLOSED or KAFKA_UNREACHABLE. */
  request(message: LogRequest, payload?: Buffer): Promise<Parcel<LogReply>>;
  close(): Promise<void>;
}
