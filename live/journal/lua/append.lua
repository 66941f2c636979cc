-- Record all events decided at a step, or none. Safe to send again: calls are recognised by their id, events by their
-- key.
-- KEYS: meta, events, keys, about, call.
-- ARGV: PUBLISH or SPUBLISH, the channel, step, epoch and created_at of a room to begin (else empty), the epoch and
-- position that the caller has (or empty), how many events after that position may be returned, and in MessagePack four
-- values for each event: key, about, body, how far it moves the step.
-- Many fields are read and set in one call, and all events are one argument, because a room may have hundreds of
-- thousands of them (docs/decisions/0019).
local AT_ONCE = 1000

local function get(where, fields)
  local found = {}
  for from = 1, #fields, AT_ONCE do
    local values = redis.call('HMGET', where, unpack(fields, from, math.min(from + AT_ONCE - 1, #fields)))
    for at, value in ipairs(values) do found[fields[from + at - 1]] = value end
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
  local positions = {}
  for at = tonumber(ARGV[7]) + 1, position do positions[#positions + 1] = at end
  if #positions > 0 then missed = redis.call('HMGET', KEYS[2], unpack(positions)) end
end

local rows = cmsgpack.unpack(ARGV[9])
local keys, answers = {}, {}
for at = 1, #rows, 4 do
  if rows[at] ~= '' then keys[#keys + 1] = rows[at] end
  if rows[at + 1] ~= '' then answers[#answers + 1] = rows[at + 1] end
end
local recorded, positions = get(KEYS[3], keys), get(KEYS[4], answers)

local duplicates, fresh, bodies, about, changed = {}, {}, {}, {}, {}
for at = 1, #rows, 4 do
  local key, answer, body, steps = rows[at], rows[at + 1], rows[at + 2], rows[at + 3]
  if key ~= '' and recorded[key] then
    duplicates[#duplicates + 1] = key
  else
    position = position + 1
    step = step + steps
    bodies[#bodies + 1] = position
    bodies[#bodies + 1] = body
    if key ~= '' then
      recorded[key] = true
      fresh[#fresh + 1] = key
      fresh[#fresh + 1] = position
    end
    if answer ~= '' then
      positions[answer] = positions[answer] and (positions[answer] .. ' ' .. position) or tostring(position)
      changed[#changed + 1] = answer
    end
  end
end
for _, answer in ipairs(changed) do
  about[#about + 1] = answer
  about[#about + 1] = positions[answer]
end
set(KEYS[2], bodies)
set(KEYS[3], fresh)
set(KEYS[4], about)
redis.call('HSET', KEYS[1], 'position', position, 'step', step)
local result = {'ok', position, step, duplicates}
redis.call('SET', KEYS[5], cjson.encode(result), 'EX', 600)
redis.call(ARGV[1], ARGV[2], position)
result[5] = missed
return result
