--- Failures that are the user's to mend: one clear line, exit status 2.
--
-- `failure.raise("replay", "no such file: x.log")` ends the command; main prints
-- `decorum: replay: no such file: x.log`. Any other Lua error is a fault of the program and keeps its
-- traceback.

---@class Failure
---@field what string the part of the work that failed
---@field why string what was wrong, and what would be right
local Failure = {}
Failure.__index = Failure

function Failure:__tostring()
  return ("decorum: %s: %s"):format(self.what, self.why)
end

local failure = {}

---@param what string
---@param why string
function failure.raise(what, why)
  error(setmetatable({ what = what, why = why }, Failure), 0)
end

-- What pcall gave.
local function pass_on(what, ok, ...)
  if ok then
    return ...
  end
  local why = ...
  if type(why) == "string" then
    failure.raise(type(what) == "function" and what() or what, why)
  end
  error(why, 0)
end

---Calls f(...); an error in it that is a plain message becomes a failure of `what`.
---@param what string|fun(): string a function is called if there is an error
---@param f function
---@return any ... what f returns
function failure.guard(what, f, ...)
  return pass_on(what, pcall(f, ...))
end

---@param value any
---@return boolean
function failure.is(value)
  return getmetatable(value) == Failure
end

return failure
