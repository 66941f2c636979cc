-- Delete a room, and store its report if there is one. Safe to send again.
-- KEYS: meta, report, and every other key of the room.  ARGV: the report, or empty for none; the position where the
-- journal must end, or empty for any.
if ARGV[2] ~= '' then
  local position = redis.call('HGET', KEYS[1], 'position')
  if not position then return (redis.call('GET', KEYS[2]) or '') == ARGV[1] and 1 or 0 end
  if tonumber(position) ~= tonumber(ARGV[2]) then return 0 end
end
redis.call('DEL', unpack(KEYS))
if ARGV[1] ~= '' then redis.call('SET', KEYS[2], ARGV[1]) end
return 1
