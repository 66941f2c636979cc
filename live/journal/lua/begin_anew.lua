-- Replace all events of a room with others, which are few, under a new epoch. Safe to send again.
-- KEYS: meta, events, keys, about.
-- ARGV: PUBLISH or SPUBLISH, the channel, the epoch and position where the journal must end, the new epoch, created_at,
-- and in MessagePack four values for each event: key, about, body, how far it moves the step.
-- Returns 1, 0 when the journal ends elsewhere, -1 when there is none.
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'position')
if not meta[1] then return -1 end
if meta[1] == ARGV[5] then return 1 end
if meta[1] ~= ARGV[3] or tonumber(meta[2]) ~= tonumber(ARGV[4]) then return 0 end

redis.call('DEL', KEYS[2], KEYS[3], KEYS[4])
local rows, position, step = cmsgpack.unpack(ARGV[7]), 0, 0
for at = 1, #rows, 4 do
  local key, about = rows[at], rows[at + 1]
  position = position + 1
  step = step + rows[at + 3]
  redis.call('HSET', KEYS[2], position, rows[at + 2])
  if key ~= '' then redis.call('HSET', KEYS[3], key, position) end
  if about ~= '' then
    local before = redis.call('HGET', KEYS[4], about)
    redis.call('HSET', KEYS[4], about, before and (before .. ' ' .. position) or position)
  end
end
redis.call('HSET', KEYS[1], 'epoch', ARGV[5], 'created_at', ARGV[6], 'position', position, 'step', step)
redis.call(ARGV[1], ARGV[2], position)
return 1
