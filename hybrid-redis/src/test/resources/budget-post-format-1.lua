local most = 9007199254740991
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local spent, reserved = 0, 0
local rows = redis.call('HGETALL', KEYS[1])
for i = 1, #rows, 2 do
  local number, s, r, heard = string.match(rows[i + 1], '^(%d+):(%d+):(%d+):(%d+)$')
  if not number or math.max(number, s, r, heard) > most then
    return redis.error_reply('ERR unreadable account')
  end
  if rows[i] == ARGV[1] then
    if tonumber(number) > tonumber(ARGV[2]) then return redis.error_reply('ERR overtaken') end
  elseif now - heard > tonumber(ARGV[6]) then
    spent = spent + s + r
  else
    spent = spent + s
    reserved = reserved + r
  end
end
if spent + reserved > most then return redis.error_reply('ERR unreadable account') end
local mine, held, grants = tonumber(ARGV[3]), tonumber(ARGV[4]), ''
for i = 8, #ARGV do
  if spent + reserved + mine + held + ARGV[i] <= tonumber(ARGV[5]) then
    held = held + ARGV[i]
    grants = grants .. '1'
  else
    grants = grants .. '0'
  end
end
redis.call('HSET', KEYS[1], ARGV[1], string.format('%s:%.0f:%.0f:%.0f', ARGV[2], mine, held, now))
redis.call('PEXPIRE', KEYS[1], ARGV[7])
return {grants, spent, reserved}
