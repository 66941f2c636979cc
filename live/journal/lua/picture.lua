-- Store a file of a picture, if its room is there. Safe to send again: its name is made of its content.
-- KEYS: meta, pictures.  ARGV: the name, the bytes.
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSETNX', KEYS[2], ARGV[1], ARGV[2])
return 1
