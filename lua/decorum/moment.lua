--- Times as people write them on the command line: Unix seconds, or a date of UTC, with or without a time.
--
--   moment.seconds(db, "undo", "--since", "2024-05-01 18:00")      -- 1714586400.0

local failure = require "decorum.failure"

local moment = {}

---@param db any
---@param what string the command, for messages
---@param option string
---@param text string?
---@return number? Unix seconds; nil if nothing was given
function moment.seconds(db, what, option, text)
  if not text then
    return nil
  end
  local seconds = tonumber(text)
  if not seconds and text:find "^%d%d%d%d%-%d%d%-%d%d" then
    -- which would take the 30th of February as the 1st of March
    seconds = db:prepare("SELECT CAST(strftime('%s', ?1) AS REAL) WHERE date(julianday(?1)) = substr(?1, 1, 10)"):row(text)
  end
  if not seconds or math.abs(seconds) >= 1e12 then
    failure.raise(what, ("%s must be Unix seconds or a date such as '2024-05-01 18:00', not '%s'"):format(option, text))
  end
  return seconds + 0.0
end

return moment
