-- Replace the bytes of events, unless they have changed since they were read.
-- KEYS: events.  ARGV: three for each event: position, bytes as read, new bytes.
for at = 1, #ARGV, 3 do
  if redis.call('HGET', KEYS[1], ARGV[at]) == ARGV[at + 1] then
    redis.call('HSET', KEYS[1], ARGV[at], ARGV[at + 2])
  end
end
