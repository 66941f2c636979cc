-- Take tokens from a bucket that all processes share, or give them back. Sent again, it may take one more: a limit that is
-- a little stricter does no harm.
-- KEYS: the bucket.  ARGV: its size, ms for one token to come, the time now, how many to take (negative: give back).
local size, each, now, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local left, at = string.match(redis.call('GET', KEYS[1]) or '', '^(%S+) (%S+)$')
left, at = tonumber(left or size), tonumber(at or now)
left = math.min(size, left + math.max(0, now - at) / each)
local taken = left >= wanted
if taken then left = math.min(size, left - wanted) end
redis.call('SET', KEYS[1], string.format('%.6f %d', left, math.max(now, at)), 'PX', math.ceil(size * each))
return taken and 1 or 0
