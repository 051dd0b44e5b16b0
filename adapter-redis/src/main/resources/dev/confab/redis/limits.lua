-- Token buckets by the generic cell rate algorithm (ITU-T I.371 annex A): a bucket is the moment at which it is full
-- again, in microseconds of the time of Redis. A full bucket needs no key.
--
-- ARGV: operation, prefix of all keys, then for each bucket: name, microseconds per token, burst, tokens.
--
-- {prefix}ratelimit:{name}   string   when the bucket is full again, kept until then

local prefix = ARGV[2]
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]

local function full_at(key)
  local known = tonumber(redis.call('GET', key) or '0')
  if known < now then return now end
  return known
end

local function put(key, full)
  if full <= now then
    redis.call('DEL', key)
  else
    redis.call('SET', key, string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000))
  end
end

local operations = {}

-- takes the tokens, there or not -> microseconds until the bucket is full
function operations.charge(key, per_token, burst, tokens)
  local full = full_at(key) + per_token * tokens
  if full < now then full = now end
  put(key, full)
  return full - now
end

-- takes the tokens if they are there -> 0, else microseconds until they are
function operations.take(key, per_token, burst, tokens)
  local full = full_at(key) + per_token * tokens
  local wait = full - now - per_token * burst
  if wait > 0 then return wait end
  put(key, full)
  return 0
end

local answers = {}
for i = 3, #ARGV, 4 do
  local answer = operations[ARGV[1]](
    prefix .. 'ratelimit:' .. ARGV[i], tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2]), tonumber(ARGV[i + 3]))
  answers[#answers + 1] = string.format('%.0f', answer)
end
return answers
