-- Where a journal ends, a limited number of events after a position, and the events at some other positions, all from
-- one moment.
-- KEYS: meta, events.  ARGV: after, how many at most (Lua can pass about 7,000), then the other positions.
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'position', 'step')
if not meta[1] then return {} end
local positions = {}
for position = tonumber(ARGV[1]) + 1, math.min(tonumber(meta[2]), tonumber(ARGV[1]) + tonumber(ARGV[2])) do
  positions[#positions + 1] = position
end
local function bodies(at)
  return #at > 0 and redis.call('HMGET', KEYS[2], unpack(at)) or {}
end
return {meta[1], meta[2], meta[3], bodies(positions), bodies({unpack(ARGV, 3)})}
