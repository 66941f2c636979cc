-- Give a room a new epoch, unless somebody else has already.
-- KEYS: meta.  ARGV: the epoch that the caller has, the new epoch.
if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'epoch', ARGV[2])
return 1
