--- Changes of a channel's modes.
--
--   mode.parse(server, "+ob-k", { "ann", "*!*@host", "key" })
--     { { sign = "+", mode = "o", kind = "prefix", arg = "ann" }, { sign = "+", mode = "b", kind = "list", arg = "*!*@host" },
--       { sign = "-", mode = "k", kind = "always", arg = "key" } }
--   mode.lines(server, "#lobby", { { sign = "+", mode = "b", arg = "*!*@a" }, { sign = "-", mode = "v", arg = "ann" } })
--     { { line = "MODE #lobby +b-v *!*@a ann", changes = ... } }

local message = require "decorum.chat.irc.message"

local mode = {}

---@class ModeChange
---@field sign string + or -
---@field mode string its letter
---@field arg string?
---@field kind string? as isupport tells; nil for a mode that nobody knows

---@param server table ISUPPORT
---@param letters string
---@param args string[]
---@return ModeChange[]
function mode.parse(server, letters, args)
  local changes, sign, next_arg = {}, "+", 1
  for letter in letters:gmatch "." do
    if letter == "+" or letter == "-" then
      sign = letter
    else
      local kind = server:kind_of(letter)
      local change = { sign = sign, mode = letter, kind = kind }
      if kind == "prefix" or kind == "list" or kind == "always" or (kind == "set" and sign == "+") then
        change.arg = args[next_arg]
        next_arg = next_arg + 1
      end
      -- A rank or a key without its argument changes nothing; a list's letter alone asks for the list.
      if change.arg or kind == "flag" or kind == "set" then
        changes[#changes + 1] = change
      end
    end
  end
  return changes
end

local function line_of(channel, changes)
  local letters, args, sign = {}, {}, nil
  for i, change in ipairs(changes) do
    letters[#letters + 1] = (change.sign ~= sign and change.sign or "") .. change.mode
    sign, args[i] = change.sign, change.arg
  end
  return message.format("MODE", channel, table.concat(letters), table.unpack(args))
end

---The lines that make these changes, each with as many as the server takes in one.
---@param server table
---@param channel string
---@param changes ModeChange[] each with an argument
---@return { line: string, changes: ModeChange[] }[]? nil if one of them cannot be said
---@return string? why
function mode.lines(server, channel, changes)
  local lines, from = {}, 1
  while from <= #changes do
    local last = math.min(from + server.modes_most - 1, #changes)
    local line, why
    repeat
      line, why = line_of(channel, table.move(changes, from, last, 1, {}))
      last = last - 1
    until not line or #line <= 510 or last < from
    if not line or #line > 510 then
      return nil, why or "longer than a line"
    end
    lines[#lines + 1] = { line = line, changes = table.move(changes, from, last + 1, 1, {}) }
    from = last + 2
  end
  return lines
end

return mode
