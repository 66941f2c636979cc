-- Where a room stands, and at most so many events past a position, all from one moment.
-- KEYS: meta, events.  ARGV: after, most.
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'position', 'step')
if not meta[1] then return {} end
local bodies = {}
local from, to = tonumber(ARGV[1]) + 1, math.min(tonumber(meta[2]), tonumber(ARGV[1]) + tonumber(ARGV[2]))
for position = from, to do
  bodies[#bodies + 1] = redis.call('HGET', KEYS[2], position)
end
return {meta[1], meta[2], meta[3], bodies}
