--- Where a command's result goes: standard output, or a file that is replaced whole or not at all. What is no file
--- (/dev/stdout, /dev/null, a pipe) is written to as it is.

local failure = require "decorum.failure"
local system = require "host.system"

local output = {}

-- Puts the text into a file, new or emptied. Nil and why not if it cannot.
local function write_all(path, text)
  local file, why = io.open(path, "wb")
  if not file then
    return nil, why
  end
  local written, cannot = file:write(text)
  local closed, at_end = file:close()
  if not (written and closed) then
    return nil, path .. ": " .. (cannot or at_end)
  end
  return true
end

local function is_database(path)
  local file <close> = io.open(path, "rb")
  return file and file:read(16) == "SQLite format 3\0"
end

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
  local kind = system.kind(path)
  if kind == "folder" then
    failure.raise(what, path .. ": is a folder")
  elseif kind == "file" and is_database(path) then
    failure.raise(what, path .. ": is a database; --out would overwrite it")
  end
  local new = kind == "other" and path or path .. ".new"
  local done, why = write_all(new, text)
  if done and new ~= path then
    done, why = os.rename(new, path)
  end
  if not done then
    if new ~= path then
      os.remove(new)
    end
    failure.raise(what, why)
  end
end

return output
