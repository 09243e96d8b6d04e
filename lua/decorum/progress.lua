--- A progress bar on standard error, if that is a terminal.
--
--   replay ▕██████████          ▏ 50 %  110,231 lines  24,871 a second  0:04 left

local system = require "host.system"

local progress = {}

local WIDTH = 20
local INTERVAL = 0.1 -- seconds between two pictures

---1234567 as "1,234,567".
---@param number number
---@return string
function progress.grouped(number)
  local digits = ("%.0f"):format(number)
  local grouped = digits:reverse():gsub("(%d%d%d)", "%1,"):reverse()
  return (grouped:gsub("^,", ""))
end

---"1 line", "1,234 lines".
---@param number integer
---@param what string
---@return string
function progress.counted(number, what)
  return ("%s %s%s"):format(progress.grouped(number), what, number == 1 and "" or "s")
end

local function picture(what, lines, unit, rate, done, left)
  local bar = ""
  if done then
    local full = math.floor(done * WIDTH)
    bar = ("▕%s%s▏ %d %%  "):format(("█"):rep(full), (" "):rep(WIDTH - full), math.floor(done * 100))
  end
  local text = ("%s %s%s %s  %s a second"):format(what, bar, progress.grouped(lines), unit, progress.grouped(rate))
  if left then
    text = text .. ("  %d:%02d left"):format(left // 60, left % 60)
  end
  return text
end

---@param what string
---@param total integer? how many bytes there are to read, if that is known
---@param quiet boolean
---@param unit string? what is counted, "lines" unless given
---@return fun(lines: integer, bytes: integer) shown, to be called often
---@return fun() wipe, to be called in the end
function progress.new(what, total, quiet, unit)
  if quiet or not system.is_terminal(2) then
    local function nothing() end
    return nothing, nothing
  end
  local start = system.clock()
  local due = start + INTERVAL
  return function(lines, bytes)
    local now = system.clock()
    if now < due then
      return
    end
    due = now + INTERVAL
    local done = total and total > 0 and math.min(bytes / total, 1) or nil
    local left = done and done > 0 and math.floor((now - start) * (1 - done) / done) or nil
    io.stderr:write("\r\27[K", picture(what, lines, unit or "lines", lines / (now - start), done, left))
  end, function()
    io.stderr:write "\r\27[K"
  end
end

return progress
