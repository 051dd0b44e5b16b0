-- Ended logins: every change is one call of this script, so that it happens as a whole.
--
-- ARGV: operation, prefix of all keys, then what the operation asks for.
--
-- {prefix}revoked:{sid}     string  when the last token of the login expires (ms since 1970), kept until then
-- {prefix}revoked           zset    ended logins in the order of their ending
-- {prefix}signal:revoked    channel "sid expiry"
--
-- A place in that order is the time of Redis in ms, or one more than the last place: it never falls, whatever the clock
-- does, so "what came after this place" misses nothing.

local prefix = ARGV[2]
local order_key = prefix .. 'revoked'
local function login_key(sid) return prefix .. 'revoked:' .. sid end

local TRIMMED_AT_ONCE = 20

local operations = {}

-- sid, expiry, time to keep it (ms) -> 1 when that was news
function operations.revoke()
  local sid, expiry, keep = ARGV[3], ARGV[4], ARGV[5]
  local known = redis.call('GET', login_key(sid))
  local kept = known and tonumber(known) >= tonumber(expiry)
  if kept and redis.call('ZSCORE', order_key, sid) then return 0 end
  if not kept then redis.call('SET', login_key(sid), expiry, 'PX', keep) end

  local time = redis.call('TIME')
  local place = time[1] * 1000 + math.floor(time[2] / 1000)
  local last = redis.call('ZREVRANGE', order_key, 0, 0, 'WITHSCORES')[2]
  if last and tonumber(last) >= place then place = tonumber(last) + 1 end
  redis.call('ZADD', order_key, string.format('%.0f', place), sid)
  redis.call('PUBLISH', prefix .. 'signal:revoked', sid .. ' ' .. expiry)

  for _, old in ipairs(redis.call('ZRANGE', order_key, 0, TRIMMED_AT_ONCE - 1)) do
    if redis.call('EXISTS', login_key(old)) == 0 then redis.call('ZREM', order_key, old) end
  end
  return 1
end

-- place, most -> the last place looked at, then (sid, expiry) ...; a single '' when there is nothing after that place
function operations.since()
  local found = redis.call('ZRANGEBYSCORE', order_key, '(' .. ARGV[3], '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[4])
  if #found == 0 then return { '' } end
  local news = { found[#found] }
  for i = 1, #found, 2 do
    local expiry = redis.call('GET', login_key(found[i]))
    if expiry then
      news[#news + 1] = found[i]
      news[#news + 1] = expiry
    else
      redis.call('ZREM', order_key, found[i])
    end
  end
  return news
end

return operations[ARGV[1]]()
