-- Store when something must be done in a room, unless what is stored was worked out from a newer state of the room. Safe
-- to send again.
-- KEYS: due, from which states the due times of the room are.  ARGV: code|what, what, the time (empty: nothing is due),
-- epoch and position of the state (empty: not known, and it counts as the newest).
if ARGV[4] ~= '' then
  local epoch, position = string.match(redis.call('HGET', KEYS[2], ARGV[2]) or '', '^(.*) (%d+)$')
  if epoch == ARGV[4] and tonumber(position) > tonumber(ARGV[5]) then return 0 end
  redis.call('HSET', KEYS[2], ARGV[2], ARGV[4] .. ' ' .. ARGV[5])
else
  redis.call('HDEL', KEYS[2], ARGV[2])
end
if ARGV[3] == '' then redis.call('ZREM', KEYS[1], ARGV[1]) else redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1]) end
return 1
