--- How times, lengths of time and other people's texts read in a sentence of ours.
--
--     wording.span(5400)                        -- 1 h 30 min
--     wording.moment(1777900000, now)           -- 13:06 UTC; with the date on another day: 2026-05-04 13:06 UTC
--     wording.ending(now + 3600, now)           -- until 14:32 UTC (1 h)
--     wording.sentence "there is no such case"  -- There is no such case.
--     local shown = wording.shower(db)
--     shown("line\nline", 80)                   -- line line: nobody's text drives a terminal or begins a line

local wording = {}

local units = { { 86400, "d" }, { 3600, "h" }, { 60, "min" }, { 1, "s" } }

---@param seconds number
---@return string
function wording.span(seconds)
  local rest, parts = math.floor(seconds + 0.5), {}
  for _, unit in ipairs(units) do
    local count = rest // unit[1]
    if count > 0 then
      parts[#parts + 1] = ("%d %s"):format(count, unit[2])
      rest = rest % unit[1]
    end
  end
  return parts[1] and table.concat(parts, " ") or "0 s"
end

---@param at number
---@param now number
---@return string
function wording.moment(at, now)
  local is_today = at // 86400 == now // 86400
  return os.date(is_today and "!%H:%M UTC" or "!%Y-%m-%d %H:%M UTC", math.floor(at)) --[[@as string]]
end

---@param ends_at number?
---@param now number
---@param without string? what to say of what has no end
---@return string
function wording.ending(ends_at, now, without)
  if not ends_at then
    return without or "until somebody lifts it"
  end
  return ("until %s (%s)"):format(wording.moment(ends_at, now), wording.span(ends_at - now))
end

---The text as a sentence: with a capital and a full stop.
---@param text string
---@return string
function wording.sentence(text)
  text = text:gsub("^%l", string.upper)
  return text:find "[.?!…]$" and text or text .. "."
end

---@param count integer
---@param one string
---@param many string?
---@return string such as "1 message" or "2 messages"
function wording.count(count, one, many)
  return ("%d %s"):format(count, count == 1 and one or many or one .. "s")
end

-- Actions that are called otherwise as nouns.
local nouns = { warn = "warning", delete = "removal of a message", slowmode = "slow mode", shadow_ban = "shadow ban" }

---@param action string
---@return string such as "warning"
function wording.noun(action)
  return nouns[action] or action
end

-- Cuts between characters, not within one.
local function shorten(text, most)
  if #text <= most then
    return text
  end
  local last = most
  while last > 0 and text:byte(last + 1) & 0xC0 == 0x80 do
    last = last - 1
  end
  return text:sub(1, last) .. "…"
end

---What shows other people's texts: on one line, nothing in it invisible, at most so many bytes long.
---@param db any
---@return fun(text: string, most: integer?): string
function wording.shower(db)
  local display = db:prepare "SELECT display(?)"
  return function(text, most)
    most = most or 200
    -- what is far too long is not looked at
    local line = tostring(text):sub(1, 4 * most + 4):gsub("%s+", " "):match "^ ?(.-) ?$"
    return shorten(display:row(line) or "", most)
  end
end

---What shows names: one that begins as a command of some bot may, stands behind a word of ours.
---@param db any
---@return fun(name: string): string
function wording.namer(db)
  local shown = wording.shower(db)
  return function(name)
    local text = shown(name, 64)
    return text:find "^[%w_\x80-\xff]" and text or "member " .. text
  end
end

return wording
