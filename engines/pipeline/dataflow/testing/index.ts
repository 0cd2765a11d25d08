export {
  describeIntervalJoinContract,
  type JoinBounds,
  type JoinedPair,
  type JoinedRow,
} from './interval-join-contract.ts';
