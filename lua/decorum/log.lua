--- What a bot says of its work: one line an event, on standard error.
--
--     local log = require("decorum.log").new { level = "info", json = false }
--     log.warn("not an operator", { channel = "#lobby" })
--     2026-11-20T19:00:00Z warn not an operator channel=#lobby
--
-- Never what people wrote at info or above, and never a secret: the caller sees to that. Values are shown so that nothing in
-- them can end the line, move the cursor or pass for another field.

local json = require "host.json"

local log = {}

local levels = { error = 1, warn = 2, info = 3, debug = 4 }

-- A value as text: in quotes if it has anything but letters, digits and plain marks.
local function shown(value)
  local text = math.type(value) == "float" and ("%.14g"):format(value) or tostring(value)
  if text:find "^[%w#@!._:/+*~-]+$" then
    return text
  end
  text = utf8.len(text) and text or text:gsub("[\x80-\xff]", "?")
  return json.quote(text):gsub("\xe2\x80[\xaa-\xae]", "?"):gsub("\xe2\x81[\xa6-\xa9]", "?"):gsub("\x7f", "?"):gsub("\xc2[\x80-\x9f]", "?")
end

local function sorted_keys(fields)
  local keys = {}
  for key in pairs(fields) do
    keys[#keys + 1] = key
  end
  table.sort(keys)
  return keys
end

local function as_line(time, level, what, fields)
  local parts = { time, level, what }
  for _, key in ipairs(sorted_keys(fields)) do
    parts[#parts + 1] = key .. "=" .. shown(fields[key])
  end
  return table.concat(parts, " ")
end

local function as_json(time, level, what, fields)
  local parts = { ('{"at":"%s","level":"%s","event":%s'):format(time, level, json.quote(what)) }
  for _, key in ipairs(sorted_keys(fields)) do
    local value = fields[key]
    local is_plain = math.type(value) == "integer" or type(value) == "boolean"
    local text = tostring(value)
    parts[#parts + 1] = json.quote(key) .. ":"
      .. (is_plain and text or json.quote(utf8.len(text) and text or (text:gsub("[\x80-\xff]", "?"))))
  end
  return table.concat(parts, ",") .. "}"
end

---@class Logger
---@field error fun(what: string, fields: table?)
---@field warn fun(what: string, fields: table?)
---@field info fun(what: string, fields: table?)
---@field debug fun(what: string, fields: table?)

---@class LogOptions
---@field level string? error, warn, info (if left out) or debug
---@field json boolean? lines are JSON objects
---@field write (fun(line: string))? else standard error
---@field now (fun(): number)? Unix seconds, else the system's

---@param options LogOptions
---@return Logger
function log.new(options)
  local most = levels[options.level or "info"]
  local format = options.json and as_json or as_line
  local write = options.write or function(line)
    io.stderr:write(line, "\n")
  end
  local now = options.now or os.time
  local logger = {}
  for level, rank in pairs(levels) do
    logger[level] = function(what, fields)
      if rank <= most then
        write(format(os.date("!%Y-%m-%dT%H:%M:%SZ", math.floor(now())), level, what, fields or {}))
      end
    end
  end
  return logger
end

---The names of the levels.
---@return string[]
function log.levels()
  return { "error", "warn", "info", "debug" }
end

return log
