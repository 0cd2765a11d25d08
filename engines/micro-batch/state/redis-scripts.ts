/*
 * What has to happen in Redis in one piece. A store has these keys, all under its prefix P:
 *   P:meta      version that P:state is at, highest version, lowest version that can be undone to, number of keys, token of who loaded last
 *   P:state     the values at that version, by key
 *   P:redo:<n>  changes from version n - 1 to n: 'k<key>' to '+<value>' or '-', and 'n' to the number of keys at n
 *   P:undo:<n>  the same from n back to n - 1
 *   P:stage:<token>  changes of a batch that is being committed
 * So any kept version can be reached from any other, and what a batch did that is run again is undone.
 */

/** Of both logs: applies one to the state. */
const APPLY = `
local function apply(log)
  local size = 0
  local entries = redis.call('HGETALL', log)
  for i = 1, #entries, 2 do
    local field, value = entries[i], entries[i + 1]
    if field == 'n' then
      size = tonumber(value)
    elseif string.sub(value, 1, 1) == '+' then
      redis.call('HSET', P .. ':state', string.sub(field, 2), string.sub(value, 2))
    else
      redis.call('HDEL', P .. ':state', string.sub(field, 2))
    end
  end
  return size
end
`;

const META = `
local P = KEYS[1]
local meta = P .. ':meta'
local function number(field) return tonumber(redis.call('HGET', meta, field) or '0') end
`;

/** Arguments: version, token. Replies 'at', the version that was reached, and its number of keys: it is another if a log is missing. */
export const LOAD_SCRIPT = `${META}${APPLY}
local target = tonumber(ARGV[1])
local version, highest, size = number('version'), number('highest'), number('size')
local before = redis.call('HGET', meta, 'token')
if before then redis.call('DEL', P .. ':stage:' .. before) end
for n = target + 1, version do
  if redis.call('EXISTS', P .. ':undo:' .. n) == 0 then
    if target > 0 then return {'at', version, size} end
    for each = number('lowest'), highest do redis.call('DEL', P .. ':undo:' .. each, P .. ':redo:' .. each) end
    redis.call('DEL', P .. ':state', meta)
    version, highest, size = 0, 0, 0
    break
  end
end
for n = version + 1, target do
  if n > highest or redis.call('EXISTS', P .. ':redo:' .. n) == 0 then return {'at', version, size} end
end
while version > target do
  size = apply(P .. ':undo:' .. version)
  version = version - 1
end
while version < target do
  version = version + 1
  size = apply(P .. ':redo:' .. version)
end
redis.call('HSET', meta, 'version', version, 'highest', highest, 'size', size, 'token', ARGV[2])
return {'at', version, size}
`;

/**
 * Arguments: version that was loaded, token, number of staged changes. Replies 'done' and the number of keys, also when it is
 * asked again; 'incomplete' if staged changes were lost; 'lost' and the version that is there; 'taken'.
 */
export const COMMIT_SCRIPT = `${META}
local base, token, expected = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3])
local version, size = number('version'), number('size')
local owner = redis.call('HGET', meta, 'token')
if owner and owner ~= token then return {'taken'} end
if owner and version == base + 1 then return {'done', size} end
if version ~= base or not owner then return {'lost', version} end
local stage, undo = P .. ':stage:' .. token, P .. ':undo:' .. (base + 1)
if redis.call('HLEN', stage) ~= expected then return {'incomplete'} end
for n = base + 1, number('highest') do redis.call('DEL', P .. ':undo:' .. n, P .. ':redo:' .. n) end
redis.call('HSET', undo, 'n', size)
local entries = redis.call('HGETALL', stage)
for i = 1, #entries, 2 do
  local field, value = entries[i], entries[i + 1]
  local key = string.sub(field, 2)
  local old = redis.call('HGET', P .. ':state', key)
  redis.call('HSET', undo, field, old and ('+' .. old) or '-')
  if string.sub(value, 1, 1) == '+' then
    redis.call('HSET', P .. ':state', key, string.sub(value, 2))
    if not old then size = size + 1 end
  elseif old then
    redis.call('HDEL', P .. ':state', key)
    size = size - 1
  end
end
redis.call('HSET', stage, 'n', size)
redis.call('RENAME', stage, P .. ':redo:' .. (base + 1))
redis.call('HSET', meta, 'version', base + 1, 'highest', base + 1, 'size', size)
return {'done', size}
`;

/** Arguments: oldest version to keep. */
export const PURGE_SCRIPT = `${META}
local oldest = math.min(tonumber(ARGV[1]), number('version'))
for n = number('lowest'), oldest do redis.call('DEL', P .. ':undo:' .. n, P .. ':redo:' .. n) end
if oldest > 0 and redis.call('EXISTS', meta) == 1 then redis.call('HSET', meta, 'lowest', oldest + 1) end
return {}
`;
