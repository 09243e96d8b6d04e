--- Where somebody's names stand in texts: found, and replaced.
--
--   local mentions = mention.of(db, { "Ann", "ann_away" }, "member 7")
--   mentions.replaced "ANN: hi ann"                            -- "member 7: hi member 7", 2
--   mentions.replaced "Annabel plans"                          -- nil: whole words alone
--   mentions.replace("note", "id", "text", "member <> 7")      -- in a column; returns in how many rows
--
-- In any letter case, as whole words. Scripts that put no spaces between words (Chinese, Japanese, Thai...), or hang endings on a name
-- (Korean), have no whole words: there a name is found wherever it stands. Names of less than 3 characters would be found
-- everywhere, and are not looked for, but where a text is nothing but the name.

local mention = {}

local SHORTEST = 3

-- What is part of a word, and keeps a name beside it from being one.
local WORD = [=[[^\W\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]]=]

-- The first character of a text, and the last: bytes that are no UTF-8 count as one each.
local FIRST, LAST = "^[%z\1-\127\194-\253][\128-\191]*", "[%z\1-\127\194-\253][\128-\191]*$"

local function escaped(name)
  return (name:gsub("[%p%s]", "\\%0"))
end

-- A name as it may stand in a text: quoted in JSON it may look otherwise.
local function forms_of(name)
  local quoted = name:gsub('["\\]', "\\%0")
  return quoted == name and { name } or { name, quoted }
end

---@class NamePart
---@field length integer in characters: those that match are as many
---@field after string what may follow, in the expression
---@field before string and come before
---@field text string

-- The names, long ones first: of "ann" and "ann marie" the one that is all of it.
local function parts_of(names, is_word)
  local parts, seen = {}, {}
  for _, name in ipairs(names) do
    for _, form in ipairs(forms_of(name)) do
      local length = utf8.len(form)
      if not seen[form] and length and form:find "%S" then
        seen[form] = true
        parts[#parts + 1] = { length = length, text = escaped(form), after = is_word(form:match(LAST)) and "(?!" .. WORD .. ")" or "",
          before = is_word(form:match(FIRST)) and "(?<!" .. WORD .. ")" or "" }
      end
    end
  end
  table.sort(parts, function(one, other)
    return one.length ~= other.length and one.length > other.length or (one.length == other.length and one.text < other.text)
  end)
  return parts
end

-- One expression of all of them; nil if there are none. `pattern` makes that of each.
local function any_of(parts, pattern)
  local all = {}
  for i, part in ipairs(parts) do
    all[i] = pattern(part)
  end
  return all[1] and "(?:" .. table.concat(all, "|") .. ")"
end

---@class Mentions
---@field replaced fun(text: string): string?, integer? the text without the names, and how many there were; nil if there are none
---@field replace fun(table: string, key: string, column: string, condition: string?): integer, integer rows, names
---@field replace_whole fun(table: string, key: string, column: string): integer where a text is nothing but a name
---@field find fun(table: string, key: string, column: string, condition: string?): any[] keys of the rows

---@param db any
---@param names string[]
---@param word string what is put in their place
---@return Mentions
function mention.of(db, names, word)
  local matches = db:prepare "SELECT ?1 REGEXP ?2"
  local known = {}
  local function is_word(character)
    if known[character] == nil then
      known[character] = matches:row(character, "^" .. WORD .. "$") == 1
    end
    return known[character]
  end

  local parts = parts_of(names, is_word)
  local nothing_else = any_of(parts, function(part)
    return part.text
  end)
  local long = {}
  for _, part in ipairs(parts) do
    long[#long + 1] = part.length >= SHORTEST and part or nil
  end
  local anywhere = any_of(long, function(part)
    return part.before .. part.text .. part.after
  end)
  local WHOLE, ANYWHERE = nothing_else and "(?i)^" .. nothing_else .. "$", anywhere and "(?i)" .. anywhere
  local most = 8 + 4 * (long[1] and long[1].length or 0) -- bytes that a name and what follows it may take

  -- The bytes that the name takes which begins at this byte, or nil.
  local function name_at(text, start, before)
    local rest
    for _, part in ipairs(long) do
      if part.before == "" or not before or not is_word(before) then
        rest = rest or text:sub(start, start + most)
        if matches:row(rest, "(?i)^" .. part.text .. part.after) == 1 then
          return utf8.offset(rest, part.length + 1) - 1
        end
      end
    end
  end

  local self = {}

  function self.replaced(text)
    if not ANYWHERE or matches:row(text, ANYWHERE) ~= 1 then
      return nil
    end
    local kept, from, count, position, before = {}, 1, 0, 1, nil
    while position <= #text do
      local length = name_at(text, position, before)
      if length then
        kept[#kept + 1] = text:sub(from, position - 1) .. word
        from, count = position + length, count + 1
      else
        length = #(text:match(FIRST, position) or "-")
      end
      position = position + length
      before = text:sub(math.max(1, position - 6), position - 1):match(LAST)
    end
    return table.concat(kept) .. text:sub(from), count
  end

  -- Reads all keys before anything is changed: an update may move a row.
  local function keys(name, key, column, condition, pattern)
    local found = {}
    if pattern then
      for i, id in db:prepare(('SELECT %s FROM %s WHERE typeof(%s) = \'text\' AND %s REGEXP ? AND %s'):format(key, name, column, column,
        condition or "1")):rows(pattern) do
        found[i] = id
      end
    end
    return found
  end

  function self.find(name, key, column, condition)
    return keys(name, key, column, condition, ANYWHERE)
  end

  function self.replace(name, key, column, condition)
    local rows, count = 0, 0
    local read = db:prepare(("SELECT %s FROM %s WHERE %s = ?"):format(column, name, key))
    local write = db:prepare(("UPDATE %s SET %s = ?2 WHERE %s = ?1"):format(name, column, key))
    for _, id in ipairs(self.find(name, key, column, condition)) do
      local text, here = self.replaced((read:row(id)))
      if text then
        write:run(id, text)
        rows, count = rows + 1, count + here
      end
    end
    return rows, count
  end

  function self.replace_whole(name, key, column)
    local found = keys(name, key, column, nil, WHOLE)
    local write = db:prepare(("UPDATE %s SET %s = ?2 WHERE %s = ?1"):format(name, column, key))
    for _, id in ipairs(found) do
      write:run(id, word)
    end
    return #found
  end

  return self
end

return mention
