-- Record events decided at a step, or none. Safe to send again: a call is known by its id, an answer by its key.
-- KEYS: meta, events, keys, about, call.
-- ARGV: PUBLISH or SPUBLISH and where, step, epoch and created_at of a room to begin (else empty), epoch and position
-- that were known of it (or empty), how many events past that position may be told, and in MessagePack four for each
-- event: key, about, body, how far it steps.
-- Fields are asked for and set many at a time, and events are one argument: what each costs is counted in hundreds of
-- thousands (docs/decisions/0019).
local AT_ONCE = 1000

local function ask(where, fields)
  local found = {}
  for from = 1, #fields, AT_ONCE do
    local some = redis.call('HMGET', where, unpack(fields, from, math.min(from + AT_ONCE - 1, #fields)))
    for at, value in ipairs(some) do found[fields[from + at - 1]] = value end
  end
  return found
end

local function set(where, values)
  for from = 1, #values, AT_ONCE do
    redis.call('HSET', where, unpack(values, from, math.min(from + AT_ONCE - 1, #values)))
  end
end

local before = redis.call('GET', KEYS[5])
if before then return cjson.decode(before) end
local begun = redis.call('EXISTS', KEYS[1]) == 1
if ARGV[4] == '' then
  if not begun then return {'gone'} end
elseif begun then
  return {'taken'}
else
  redis.call('HSET', KEYS[1], 'epoch', ARGV[4], 'created_at', ARGV[5], 'position', 0, 'step', 0)
end

local position = tonumber(redis.call('HGET', KEYS[1], 'position'))
if ARGV[6] ~= '' and (redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[6] or position < tonumber(ARGV[7])) then
  return {'older'}
end
local step = tonumber(redis.call('HGET', KEYS[1], 'step'))
if step ~= tonumber(ARGV[3]) then return {'conflict', step} end

local missed = {}
if ARGV[6] ~= '' and position - tonumber(ARGV[7]) <= tonumber(ARGV[8]) then
  local places = {}
  for at = tonumber(ARGV[7]) + 1, position do places[#places + 1] = at end
  if #places > 0 then missed = redis.call('HMGET', KEYS[2], unpack(places)) end
end

local told = cmsgpack.unpack(ARGV[9])
local keys, answers = {}, {}
for at = 1, #told, 4 do
  if told[at] ~= '' then keys[#keys + 1] = told[at] end
  if told[at + 1] ~= '' then answers[#answers + 1] = told[at + 1] end
end
local held, places = ask(KEYS[3], keys), ask(KEYS[4], answers)

local known, fresh, bodies, about, changed = {}, {}, {}, {}, {}
for at = 1, #told, 4 do
  local key, answer, body, steps = told[at], told[at + 1], told[at + 2], told[at + 3]
  if key ~= '' and held[key] then
    known[#known + 1] = key
  else
    position = position + 1
    step = step + steps
    bodies[#bodies + 1] = position
    bodies[#bodies + 1] = body
    if key ~= '' then
      held[key] = true
      fresh[#fresh + 1] = key
      fresh[#fresh + 1] = position
    end
    if answer ~= '' then
      places[answer] = places[answer] and (places[answer] .. ' ' .. position) or tostring(position)
      changed[#changed + 1] = answer
    end
  end
end
for _, answer in ipairs(changed) do
  about[#about + 1] = answer
  about[#about + 1] = places[answer]
end
set(KEYS[2], bodies)
set(KEYS[3], fresh)
set(KEYS[4], about)
redis.call('HSET', KEYS[1], 'position', position, 'step', step)
local result = {'ok', position, step, known}
redis.call('SET', KEYS[5], cjson.encode(result), 'EX', 600)
redis.call(ARGV[1], ARGV[2], position)
result[5] = missed
return result
