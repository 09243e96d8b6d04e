--- Days of the calendar as Unix time.

local day = {}

local function length(year, month)
  if month == 2 then
    return year % 4 == 0 and (year % 100 ~= 0 or year % 400 == 0) and 29 or 28
  end
  return (month == 4 or month == 6 or month == 9 or month == 11) and 30 or 31
end

---Seconds since 1970 at the beginning of a day, UTC; nil if there is no such day. (Days from the civil calendar,
---after Howard Hinnant's days_from_civil.)
---@param year integer
---@param month integer
---@param date integer of the month
---@return integer?
function day.start(year, month, date)
  if month < 1 or month > 12 or date < 1 or date > length(year, month) then
    return nil
  end
  local y = month <= 2 and year - 1 or year
  local era = y // 400
  local year_of_era = y - era * 400
  local day_of_year = (153 * (month + (month > 2 and -3 or 9)) + 2) // 5 + date - 1
  local day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
  return (era * 146097 + day_of_era - 719468) * 86400
end

return day
