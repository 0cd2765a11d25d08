import { buildLog, type LogSpecification, type RandomStream, type RecordedLog } from '../log/index.ts';
import { FAILED, SUCCESS } from './records.ts';

/** 2026-01-01T00:00:00Z; attempts are a millisecond apart. */
const FIRST_MS = 1_767_225_600_000;
/** One user in five is under attack, so that about one event in thirty raises an alert. */
const USERS_PER_ATTACKED = 5;

/** Login attempts: `{"seq":0,"user":"u00001","outcome":"FAILED","tsMs":1767225600000}`. */
export function generateLogins(specification: LogSpecification): RecordedLog {
  return buildLog(specification, { prefix: 'u', leastDigits: 5 }, ({ streams }) => {
    const failureShare = drawFailureShares(specification.keys, streams.traits);
    return {
      writeEvent({ sequence, keyIndex, keyJson }, writer) {
        const failed = streams.amounts.chance(failureShare[keyIndex] as number);
        writer.bytes(SEQ);
        writer.integer(sequence);
        writer.bytes(USER);
        writer.bytes(keyJson);
        writer.bytes(failed ? FAILED_OUTCOME : SUCCESSFUL_OUTCOME);
        writer.integer(FIRST_MS + sequence);
        writer.bytes(END);
      },
    };
  });
}

/**
 * How often each user's attempts fail: 2 to 20 in a hundred, and 90 to 98 for one user drawn from each five. Drawing within fives
 * keeps the alerts about as frequent for few users as for many, and for skewed users as for even ones.
 */
function drawFailureShares(users: number, traits: RandomStream): Float64Array {
  const shares = new Float64Array(users);
  let attacked = 0;
  for (let user = 0; user < users; user += 1) {
    if (user % USERS_PER_ATTACKED === 0)
      attacked = user + traits.below(Math.min(USERS_PER_ATTACKED, users - user));
    shares[user] = user === attacked ? 0.9 + traits.below(81) / 1_000 : 0.02 + traits.below(181) / 1_000;
  }
  return shares;
}

const SEQ = Buffer.from('{"seq":');
const USER = Buffer.from(',"user":');
const FAILED_OUTCOME = Buffer.from(`,"outcome":"${FAILED}","tsMs":`);
const SUCCESSFUL_OUTCOME = Buffer.from(`,"outcome":"${SUCCESS}","tsMs":`);
const END = Buffer.from('}');
