-- Posts an account on a day's budget sheet, and grants of the amounts asked for, in their order, those that fit under the cap.
-- BudgetSheet.java describes the sheet. Lines that begin with two dashes are removed before the script is sent.
--
-- KEYS: the sheet, the folded accounts
-- ARGV: account, number of the post, spent, reserved, cap, silent ms, kept ms, crowd, batch, amounts
local sheet, folded = KEYS[1], KEYS[2]
local me = ARGV[1]
local cap, silent, crowd, batch = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[8]), tonumber(ARGV[9])

-- From 2^53 on Lua does not count exactly: such a figure was not written by this script.
local most = 9007199254740991
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function figures(row)
  local number, s, r, heard = string.match(row, '^(%d+):(%d+):(%d+):(%d+)$')
  if not number then return nil end
  number, s, r, heard = tonumber(number), tonumber(s), tonumber(r), tonumber(heard)
  if math.max(number, s, r, heard) > most then return nil end
  return number, s, r, heard
end

local function text(number, s, r, heard)
  return string.format('%.0f:%.0f:%.0f:%.0f', number, s, r, heard)
end

-- The row of the folded accounts: its number is the identity of the sheet.
local identity, total = time[1] * 1000000 + time[2], 0
local row = redis.call('HGET', sheet, 'v2:folded')
if row then
  local number, s, r = figures(row)
  if not number then return redis.error_reply('ERR unreadable account') end
  identity, total = number, s + r
end
identity = string.format('%.0f', identity)

-- Accounts folded into a sheet that Redis has lost since are in no total any more.
local of = redis.call('HGET', folded, 'v2:sheet')
local stale = of and of ~= identity

-- All writes follow at the end, when nothing can fail any more.
local spent, reserved, number_of_mine = 0, 0, 0
local seen, restored, dead, fold, unfold = {['v2:folded'] = true}, {}, {}, {}, {}

local function take(rows)
  for first = 1, #rows, 2000 do
    local names = {}
    for i = first, math.min(first + 1999, #rows), 2 do names[#names + 1] = rows[i] end
    local before = stale and {} or redis.call('HMGET', folded, unpack(names))
    for k, name in ipairs(names) do
      if not seen[name] then
        seen[name] = true
        local number, s, r, heard = figures(rows[first + 2 * k - 1])
        if not number then return false end
        if before[k] then
          -- It was folded and has posted again.
          local n2, s2, r2 = figures(before[k])
          if not n2 then return false end
          total = total - s2 - r2
          unfold[#unfold + 1] = name
          if n2 > number then
            -- That post was an older one, which was late.
            number, s, r, heard = n2, s2, r2, now
            restored[#restored + 1] = name
            restored[#restored + 1] = text(number, s, r, heard)
          end
        end
        if name == me then
          number_of_mine = number
        elseif now - heard <= silent then
          spent = spent + s
          reserved = reserved + r
        elseif #dead < batch and (string.sub(name, 1, 3) == 'v2:' or not string.match(name, '^v%d+:')) then
          total = total + s + r
          dead[#dead + 1] = name
          fold[#fold + 1] = name
          fold[#fold + 1] = text(number, s, r, heard)
        else
          spent = spent + s + r
        end
      end
    end
  end
  return true
end

local mine = redis.call('HGET', sheet, me)
if mine then
  if not take({me, mine}) then return redis.error_reply('ERR unreadable account') end
elseif not stale then
  local before = redis.call('HGET', folded, me)
  if before then
    local number, s, r = figures(before)
    if not number then return redis.error_reply('ERR unreadable account') end
    number_of_mine = number
    total = total - s - r
    unfold[1] = me
  end
end
seen[me] = true
if number_of_mine > tonumber(ARGV[2]) then return redis.error_reply('ERR overtaken') end

-- A sheet with more rows than may be read in one post is folded part by part first, and nothing is granted meanwhile.
local rows = redis.call('HLEN', sheet)
local left = not stale and redis.call('HGET', folded, 'v2:left') or 0
local counting, cursor = rows > crowd + 2 * tonumber(left), '0'
local read
if counting then
  local from = not stale and redis.call('HGET', folded, 'v2:cursor') or '0'
  local part = redis.call('HSCAN', sheet, from, 'COUNT', batch)
  cursor, read = part[1], part[2]
else
  read = redis.call('HGETALL', sheet)
end
if not take(read) or total < 0 or total + spent + reserved > most then
  return redis.error_reply('ERR unreadable account')
end

local own, held, grants = tonumber(ARGV[3]), tonumber(ARGV[4]), ''
for i = 10, #ARGV do
  if not counting and total + spent + reserved + own + held + ARGV[i] <= cap then
    held = held + ARGV[i]
    grants = grants .. '1'
  else
    grants = grants .. '0'
  end
end

local function write(command, key, list)
  for first = 1, #list, 4000 do
    redis.call(command, key, unpack(list, first, math.min(first + 3999, #list)))
  end
end

-- First what a Redis without memory refuses, so that all is written or nothing.
redis.call('HSET', sheet, me, string.format('%s:%.0f:%.0f:%.0f', ARGV[2], own, held, now),
  'v2:folded', string.format('%s:%.0f:0:%.0f', identity, total, now))
write('HSET', sheet, restored)
write('HDEL', sheet, dead)
if stale then redis.call('DEL', folded) else write('HDEL', folded, unfold) end
if counting then
  if cursor == '0' then
    fold[#fold + 1] = 'v2:left'
    fold[#fold + 1] = rows - #dead
  end
  fold[#fold + 1] = 'v2:cursor'
  fold[#fold + 1] = cursor
end
if #fold > 0 then redis.call('HSET', folded, 'v2:sheet', identity) end
write('HSET', folded, fold)
redis.call('PEXPIRE', sheet, ARGV[7])
redis.call('PEXPIRE', folded, ARGV[7])
if counting then return 0 end
return {grants, total + spent, reserved}
