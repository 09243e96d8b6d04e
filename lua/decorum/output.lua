--- Where a command's result goes: standard output, or a file that is replaced whole or not at all. What is no file
--- (/dev/stdout, /dev/null, a pipe) is written to as it is.

local failure = require "decorum.failure"
local system = require "host.system"

local output = {}

local function is_database(path)
  local file <close> = io.open(path, "rb")
  return file and file:read(16) == "SQLite format 3\0"
end

-- Refuses what should not be written over.
local function refuse(what, path)
  local kind = system.kind(path)
  if kind == "folder" then
    failure.raise(what, path .. ": is a folder")
  elseif kind == "file" and is_database(path) then
    failure.raise(what, path .. ": is a database; --out would overwrite it")
  end
  return kind
end

---@class Stream
---@field write fun(text: string)
---@field finish fun() what was written is there
---@field give_up fun() the file is as it was

---@param what string the command, for messages
---@param path string? standard output without it
---@param like string? a new file has the permissions of this one
---@return Stream
function output.stream(what, path, like)
  local kind = path and refuse(what, path)
  local new = path and (kind == "other" and path or path .. ".new")
  if like and new and not kind then
    os.remove(new)
    system.create(new, like)
  end
  local file = io.stdout
  if new then
    local opened, why = io.open(new, "wb")
    file = opened or failure.raise(what, why)
  end
  local self = {}

  local function check(done, why)
    if not done then
      failure.raise(what, new and new .. ": " .. why or why)
    end
  end

  function self.write(text)
    check(file:write(text))
  end

  function self.finish()
    if new then
      check(file:close())
      if new ~= path then
        check(os.rename(new, path))
      end
    end
  end

  function self.give_up()
    if new and io.type(file) == "file" then
      file:close()
    end
    if new and new ~= path then
      os.remove(new)
    end
  end

  return self
end

---@param what string the command, for messages
---@param text string
---@param path string? standard output without it
function output.write(what, text, path)
  local stream = output.stream(what, path)
  local done, why = pcall(function()
    stream.write(text)
    stream.finish()
  end)
  if not done then
    stream.give_up()
    error(why, 0)
  end
end

return output
