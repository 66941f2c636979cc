-- Record events decided at a step, or none. Safe to send again: a call is known by its id, an answer by its key.
-- KEYS: meta, events, keys, about, call.
-- ARGV: PUBLISH or SPUBLISH and where, step, epoch and created_at of a room to begin (else empty), epoch and position
-- that were known of it (or empty), then four for each event: key, about, body, how far it steps.
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

local known = {}
for at = 8, #ARGV, 4 do
  local key, about, body, steps = ARGV[at], ARGV[at + 1], ARGV[at + 2], tonumber(ARGV[at + 3])
  if key ~= '' and redis.call('HSETNX', KEYS[3], key, position + 1) == 0 then
    known[#known + 1] = key
  else
    position = position + 1
    step = step + steps
    redis.call('HSET', KEYS[2], position, body)
    if about ~= '' then
      local places = redis.call('HGET', KEYS[4], about)
      redis.call('HSET', KEYS[4], about, places and (places .. ' ' .. position) or tostring(position))
    end
  end
end
redis.call('HSET', KEYS[1], 'position', position, 'step', step)
local result = {'ok', position, step, known}
redis.call('SET', KEYS[5], cjson.encode(result), 'EX', 600)
redis.call(ARGV[1], ARGV[2], position)
return result
