/*
 * The cases of Apache Flink's InternalTimerServiceImplTest, as data (Apache-2.0, repository apache/flink):
 * flink-streaming-java/src/test/java/org/apache/flink/streaming/api/operators/InternalTimerServiceImplTest.java. Its namespaces "ciao" and "hello" are
 * numbers here, its physical timer is the instant of the next one. Key groups of timers are held by testSnapshotAndRebalancingRestore in
 * timer-service.test.ts.
 */
type Domain = 'event' | 'processing';

export type TimerAction =
  | { readonly register: Domain; readonly key: string; readonly namespace: number; readonly atMs: number }
  | { readonly delete: Domain; readonly key: string; readonly namespace: number; readonly atMs: number }
  /** Time advances; these timers fire, `key namespace`, in no order as their times are one. */
  | { readonly advance: Domain; readonly toMs: number; readonly fires: readonly string[] }
  | { readonly nextProcessingTimeMs: number }
  /** How many timers stand, of both domains together. */
  | { readonly standing: number };

export interface TimerCase {
  readonly name: string;
  /** What each processing-time callback registers, one after the other, in its key and namespace. */
  readonly callbacksRegister?: readonly number[];
  readonly actions: readonly TimerAction[];
}

const CIAO = 1;
const HELLO = 2;
const NEVER = Number.POSITIVE_INFINITY;

const register = (domain: Domain, key: string, namespace: number, atMs: number): TimerAction => ({
  register: domain,
  key,
  namespace,
  atMs,
});

const bothOfTwoKeys = (domain: Domain): readonly TimerAction[] =>
  ['key1', 'key2'].flatMap((key) => [CIAO, HELLO].map((namespace) => register(domain, key, namespace, 10)));

const ALL_FOUR = ['key1 1', 'key1 2', 'key2 1', 'key2 2'];

export const TIMER_CASES: readonly TimerCase[] = [
  {
    name: 'testOnlySetsOnePhysicalProcessingTimeTimer',
    actions: [
      register('processing', 'key1', CIAO, 10),
      register('processing', 'key1', CIAO, 20),
      register('processing', 'key1', CIAO, 30),
      register('processing', 'key1', HELLO, 10),
      register('processing', 'key1', HELLO, 20),
      { standing: 5 },
      { nextProcessingTimeMs: 10 },
      { advance: 'processing', toMs: 10, fires: ['key1 1', 'key1 2'] },
      { standing: 3 },
      { nextProcessingTimeMs: 20 },
      { advance: 'processing', toMs: 20, fires: ['key1 1', 'key1 2'] },
      { standing: 1 },
      { nextProcessingTimeMs: 30 },
      { advance: 'processing', toMs: 30, fires: ['key1 1'] },
      { standing: 0 },
      { nextProcessingTimeMs: NEVER },
      register('processing', 'key1', CIAO, 40),
      { nextProcessingTimeMs: 40 },
    ],
  },
  {
    name: 'testRegisterEarlierProcessingTimerMovesPhysicalProcessingTimer',
    actions: [
      register('processing', 'key1', CIAO, 20),
      { nextProcessingTimeMs: 20 },
      register('processing', 'key1', CIAO, 10),
      { standing: 2 },
      { nextProcessingTimeMs: 10 },
    ],
  },
  {
    name: 'testRegisteringProcessingTimeTimerInOnProcessingTimeDoesNotLeakPhysicalTimers',
    callbacksRegister: [20, 30],
    actions: [
      register('processing', 'key1', CIAO, 10),
      { nextProcessingTimeMs: 10 },
      { advance: 'processing', toMs: 10, fires: ['key1 1'] },
      { nextProcessingTimeMs: 20 },
      { advance: 'processing', toMs: 20, fires: ['key1 1'] },
      { standing: 1 },
      { nextProcessingTimeMs: 30 },
    ],
  },
  ...(['event', 'processing'] as const).flatMap((domain): TimerCase[] => [
    {
      name: `testSetAndFireTimers, ${domain} time`,
      actions: [
        ...bothOfTwoKeys(domain),
        { standing: 4 },
        { advance: domain, toMs: 10, fires: ALL_FOUR },
        { standing: 0 },
      ],
    },
    {
      name: `testDeleteTimers, ${domain} time`,
      actions: [
        ...bothOfTwoKeys(domain),
        { delete: domain, key: 'key1', namespace: HELLO, atMs: 10 },
        { delete: domain, key: 'key2', namespace: CIAO, atMs: 10 },
        { standing: 2 },
        { advance: domain, toMs: 10, fires: ['key1 1', 'key2 2'] },
        { standing: 0 },
      ],
    },
  ]),
  {
    name: 'testSnapshotAndRestore',
    actions: [
      register('processing', 'key1', CIAO, 10),
      register('event', 'key1', HELLO, 10),
      register('event', 'key2', CIAO, 10),
      register('processing', 'key2', HELLO, 10),
      { standing: 4 },
      { advance: 'processing', toMs: 10, fires: ['key1 1', 'key2 2'] },
      { advance: 'event', toMs: 10, fires: ['key1 2', 'key2 1'] },
      { standing: 0 },
    ],
  },
];
