--- Other programs, by way of the system's shell.

local shell = {}

---A text as one word of a command.
---@param text string
---@return string
function shell.quoted(text)
  return "'" .. text:gsub("'", "'\\''") .. "'"
end

return shell
