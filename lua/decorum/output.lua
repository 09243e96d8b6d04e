--- Where a command's result goes: standard output, or a file that is replaced whole or not at all.

local failure = require "decorum.failure"

local output = {}

---@param what string the command, for messages
---@param text string
---@param path string? standard output without it
function output.write(what, text, path)
  if not path then
    local ok, why = io.stdout:write(text)
    if not ok then
      failure.raise(what, why)
    end
    return
  end
  local old = io.open(path, "rb")
  local head = old and old:read(16)
  if old then
    old:close()
  end
  if head == "SQLite format 3\0" then
    failure.raise(what, path .. ": is a database; --out would overwrite it")
  end
  local new = path .. ".new"
  local file, why = io.open(new, "wb")
  if file then
    local ok, cannot = file:write(text)
    why = cannot
    file = file:close() and ok
  end
  if file then
    file, why = os.rename(new, path)
  end
  if not file then
    os.remove(new)
    failure.raise(what, why or path .. ": cannot be written")
  end
end

return output
