-- Presence: every change is one call of this script, so that it happens as a whole and by one clock, that of Redis.
--
-- ARGV: operation, prefix of all keys, server, time that a connection lives without a sign of life (ms),
--       offset to the clock (ms; not 0 in tests alone), then what the operation asks for.
--
-- {prefix}presence:user:{user}      hash   connection -> "last-seen until server"
-- {prefix}presence:since:{user}     hash   connection -> time when it was first known; without those that are closing
-- {prefix}presence:servers          zset   server by the time until which it is taken to live
-- {prefix}presence:server:{server}  zset   "connection user" by the time until which the connection is taken to live
-- {prefix}presence:stays:{conn}     set    rooms that the connection is in
-- {prefix}presence:room:{room}      hash   user -> "connection connection ..."
-- {prefix}presence:gone:{conn}      string an answer to disconnect, for a server that did not get it
-- {prefix}presence:swept:{conn}     string there while a connection that was swept may yet turn out to live
-- {prefix}presence:awake            string "when a server last spoke, time until which nobody's silence counts"
--
-- Keys are made up in here, so this needs one Redis and no cluster. Times are ms since 1970.

local prefix, server, lifetime = ARGV[2], ARGV[3], tonumber(ARGV[4])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[5])

local function text(number)
  return string.format('%.0f', number)
end

local function user_key(user) return prefix .. 'presence:user:' .. user end
local function since_key(user) return prefix .. 'presence:since:' .. user end
local function server_key(name) return prefix .. 'presence:server:' .. name end
local function stays_key(conn) return prefix .. 'presence:stays:' .. conn end
local function room_key(room) return prefix .. 'presence:room:' .. room end
local function swept_key(conn) return prefix .. 'presence:swept:' .. conn end
local function gone_key(conn) return prefix .. 'presence:gone:' .. conn end
local servers_key = prefix .. 'presence:servers'
local awake_key = prefix .. 'presence:awake'

-- Servers sweep every 5 s. When none of them spoke for this long, none could, and silence says nothing ...
local OUTAGE = 15000
-- ... until all had the time to speak again.
local TIME_TO_SPEAK = 10000
-- For how long somebody who was swept is known to come back.
local RETURN_KNOWN = 600000

local now_text, until_text = text(now), text(now + lifetime)
local sign_of_life = now_text .. ' ' .. until_text .. ' ' .. server

local function server_lives()
  redis.call('ZADD', servers_key, until_text, server)
end

-- Whether it was not known.
local function sign(user, conn)
  local is_new = redis.call('HSET', user_key(user), conn, sign_of_life) == 1
  if is_new then redis.call('HSET', since_key(user), conn, now_text) end
  return is_new
end

local function connection_lives(user, conn)
  sign(user, conn)
  redis.call('ZADD', server_key(server), until_text, conn .. ' ' .. user)
end

-- The same for many; fewer calls, as this is what servers do most.
local AT_ONCE = 200
local function connections_live(members)
  for first = 1, #members, AT_ONCE do
    local scored = {}
    for i = first, math.min(#members, first + AT_ONCE - 1) do
      scored[#scored + 1] = until_text
      scored[#scored + 1] = members[i]
    end
    redis.call('ZADD', server_key(server), unpack(scored))
  end
end

-- Whether it is the user's only connection there.
local function enter(room, user, conn)
  local key = room_key(room)
  local there = redis.call('HGET', key, user)
  if there == conn then return true end
  if there and string.find(there, conn, 1, true) then return false end
  redis.call('SADD', stays_key(conn), room)
  redis.call('HSET', key, user, there and there .. ' ' .. conn or conn)
  return not there
end

-- Whether it was the user's last connection there.
local function leave(room, user, conn)
  redis.call('SREM', stays_key(conn), room)
  local key = room_key(room)
  local there = redis.call('HGET', key, user)
  if not there or not string.find(there, conn, 1, true) then
    return false
  end
  local others = {}
  for other in string.gmatch(there, '%S+') do
    if other ~= conn then others[#others + 1] = other end
  end
  if #others == 0 then
    redis.call('HDEL', key, user)
    return true
  end
  redis.call('HSET', key, user, table.concat(others, ' '))
  return false
end

-- { user, '1' when offline, last seen, rooms left for good ... }
local function depart(user, conn, seen_now)
  local known = redis.call('HGET', user_key(user), conn)
  local departure = { user, '0', now_text }
  if known then
    local last_seen, home = string.match(known, '^(%d+) %d+ (.*)$')
    redis.call('HDEL', user_key(user), conn)
    redis.call('HDEL', since_key(user), conn)
    redis.call('ZREM', server_key(home), conn .. ' ' .. user)
    if not seen_now then departure[3] = last_seen end
    if redis.call('EXISTS', user_key(user)) == 0 then departure[2] = '1' end
  end
  for _, room in ipairs(redis.call('SMEMBERS', stays_key(conn))) do
    if leave(room, user, conn) then departure[#departure + 1] = room end
  end
  return departure
end

-- When a server last spoke, and until when silence does not count.
local function awake()
  local last, hold = string.match(redis.call('GET', awake_key) or '', '^(%d+) (%d+)$')
  last, hold = tonumber(last or now), tonumber(hold or 0)
  if now - last > OUTAGE then hold = now + TIME_TO_SPEAK end
  return hold
end

-- A server speaks.
local function speak()
  local hold = awake()
  redis.call('SET', awake_key, now_text .. ' ' .. text(hold))
  return hold
end

local operations = {}

-- user, connection -> 1 when it is the user's only one
function operations.connect()
  server_lives()
  connection_lives(ARGV[6], ARGV[7])
  return redis.call('HLEN', user_key(ARGV[6])) == 1 and 1 or 0
end

-- user, most -> the oldest connections beyond that many
function operations.surplus()
  local user, most = ARGV[6], tonumber(ARGV[7])
  if redis.call('HLEN', since_key(user)) <= most then return {} end
  local all = redis.call('HGETALL', since_key(user))
  local open = {}
  for i = 1, #all, 2 do open[#open + 1] = { conn = all[i], since = tonumber(all[i + 1]) } end
  table.sort(open, function(a, b)
    if a.since ~= b.since then return a.since < b.since end
    return a.conn < b.conn
  end)
  local surplus = {}
  for i = 1, #open - most do surplus[i] = open[i].conn end
  return surplus
end

-- user, connection -> 1
function operations.closing()
  redis.call('HDEL', since_key(ARGV[6]), ARGV[7])
  return 1
end

-- user, connection, 'again' when there was no answer the first time -> departure
function operations.disconnect()
  local user, conn = ARGV[6], ARGV[7]
  local answered = ARGV[8] and redis.call('GET', gone_key(conn))
  if answered then
    redis.call('DEL', gone_key(conn))
    local departure = {}
    for word in string.gmatch(answered, '%S+') do departure[#departure + 1] = word end
    return departure
  end
  local departure = depart(user, conn, true)
  if departure[2] == '1' or #departure > 3 then
    redis.call('SET', gone_key(conn), table.concat(departure, ' '), 'PX', lifetime)
  end
  return departure
end

-- user, connection, room -> 1 when it is the user's only one there
function operations.enter()
  server_lives()
  connection_lives(ARGV[6], ARGV[7])
  return enter(ARGV[8], ARGV[6], ARGV[7]) and 1 or 0
end

-- user, connection, room -> the time when it was the user's last one there, else ''
function operations.leave()
  return leave(ARGV[8], ARGV[6], ARGV[7]) and now_text or ''
end

-- (user, connection, number of rooms, rooms ...) ... -> { user, rooms ... } for each who was swept and lives
function operations.heartbeat()
  speak()
  server_lives()
  local members = {}
  local comebacks = {}
  local i = 6
  while i <= #ARGV do
    local user, conn, rooms = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2])
    local was_swept = sign(user, conn) and redis.call('DEL', swept_key(conn)) == 1
    members[#members + 1] = conn .. ' ' .. user
    local comeback = { user }
    for r = i + 3, i + 2 + rooms do
      if enter(ARGV[r], user, conn) then comeback[#comeback + 1] = ARGV[r] end
    end
    if was_swept and #comeback > 1 then comebacks[#comebacks + 1] = comeback end
    i = i + 3 + rooms
  end
  connections_live(members)
  return comebacks
end

-- most connections to take -> departures
function operations.sweep()
  local most = tonumber(ARGV[6])
  local departures = {}
  if speak() > now then return departures end
  for _, name in ipairs(redis.call('ZRANGE', servers_key, 0, -1)) do
    local key = server_key(name)
    local silent = redis.call('ZRANGEBYSCORE', key, '-inf', now_text, 'LIMIT', 0, most - #departures)
    for _, member in ipairs(silent) do
      local conn, user = string.match(member, '^(%S+) (%S+)$')
      redis.call('ZREM', key, member)
      departures[#departures + 1] = depart(user, conn, false)
      redis.call('SET', swept_key(conn), '1', 'PX', RETURN_KNOWN)
    end
    if redis.call('EXISTS', key) == 0 and tonumber(redis.call('ZSCORE', servers_key, name)) <= now then
      redis.call('ZREM', servers_key, name)
    end
    if #departures >= most then break end
  end
  return departures
end

-- most connections to hand over -> how many were; lifetime is what is left to all connections of this server
function operations.hand_over()
  local key = server_key(server)
  local members = redis.call('ZRANGEBYSCORE', key, '(' .. until_text, '+inf', 'LIMIT', 0, tonumber(ARGV[6]))
  for _, member in ipairs(members) do
    local conn, user = string.match(member, '^(%S+) (%S+)$')
    local known = redis.call('HGET', user_key(user), conn)
    redis.call('ZADD', key, until_text, member)
    if known then
      local last_seen = string.match(known, '^(%d+)')
      redis.call('HSET', user_key(user), conn, last_seen .. ' ' .. until_text .. ' ' .. server)
    end
  end
  if #members > 0 then server_lives() end
  return #members
end

-- users ... -> for each the last sign of life of a connection that lives, or '', or '?' where silence does not count
function operations.query()
  local answers = {}
  local silent = awake() > now and '?' or ''
  for i = 6, #ARGV do
    local seen, answer = 0, ''
    for _, known in ipairs(redis.call('HVALS', user_key(ARGV[i]))) do
      local last_seen, alive_until = string.match(known, '^(%d+) (%d+)')
      if tonumber(alive_until) > now then seen = math.max(seen, tonumber(last_seen)) end
      answer = silent
    end
    answers[#answers + 1] = seen > 0 and text(seen) or answer
  end
  return answers
end

-- room -> users
function operations.in_room()
  return redis.call('HKEYS', room_key(ARGV[6]))
end

return operations[ARGV[1]]()
