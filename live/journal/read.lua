-- Where a room stands, at most so many events past a position, and some others, all from one moment.
-- KEYS: meta, events.  ARGV: after, most (Lua can pass on some 7,000), then the positions of the others.
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'position', 'step')
if not meta[1] then return {} end
local places = {}
for position = tonumber(ARGV[1]) + 1, math.min(tonumber(meta[2]), tonumber(ARGV[1]) + tonumber(ARGV[2])) do
  places[#places + 1] = position
end
local function bodies(places)
  return #places > 0 and redis.call('HMGET', KEYS[2], unpack(places)) or {}
end
return {meta[1], meta[2], meta[3], bodies(places), bodies({unpack(ARGV, 3)})}
