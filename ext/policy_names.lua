--[[
policy_names.lua: finds names in a policy's text that stand for nothing, without running it; compiled into the
extension.

    policy.lua:3: there is no 'os' in a policy; there are assert, cooldown, ...

A test finds such a name only if it runs that line. This looks at all of them, and says nothing of a name that it
is not sure about: it knows no scopes, so what is a local, a parameter or written to anywhere in the text counts as
known. The text has been compiled before: its syntax is right.

How long it takes goes by the number of tokens, names, numbers, texts and signs, which is therefore bounded. A text that is
full, with 16384 different names and values, has some 35000.

Called with: renew(), which gives a fresh budget, and what policy.lua returns. Returns the function that sandbox.c calls
with the text and the policy's name.
]]
local renew, policy = ...

local byte, error, find, match, sub = string.byte, error, string.find, string.match, string.sub

local MAX_TOKENS = 50000

local function set(names)
  local result = {}
  for name in string.gmatch(names, "%S+") do
    result[name] = true
  end
  return result
end

local keywords = set [[and break do else elseif end false for function goto if in local nil not or repeat return then true
  until while]]
local opens = set "{ do then else function repeat"
local in_between = set ", < > ..." -- the names of a list, with <const> and such behind them
local closes = set "} end until else elseif"

-- The place after the string that starts at `from`.
local function string_end(source, from, quote)
  local at, steps = from + 1, 0
  while true do
    at = find(source, quote == '"' and '["\\]' or "['\\]", at)
    if not at then
      return #source + 1
    elseif sub(source, at, at) == quote then
      return at + 1
    end
    at, steps = at + 2, steps + 1
    if steps % 1000 == 0 then
      renew()
    end
  end
end

-- By its first byte, what reads a token: a function(source, at, character) that returns the token, or nil for a comment, the
-- place after it, and whether it is a name. Of a number or a text it is only that there is one.
local readers = {}

local function read_by(characters, read)
  for character in string.gmatch(characters, ".") do
    readers[character] = read
  end
end

local function read_sign(_, at, character)
  return character, at + 1
end

local function read_pair(source, at, character)
  local sign = match(source, "^[=~<>]=", at) or match(source, "^::", at) or character
  return sign, at + #sign
end

local function read_name(source, at)
  local name, after = match(source, "^([%w_]+)()", at)
  return name, after, not keywords[name]
end

local function read_number(source, at)
  return "0", match(source, "^%.?%d[%w_.]*()", at)
end

local function read_dot(source, at)
  if find(source, "^%.%d", at) then
    return read_number(source, at)
  end
  local _, last = find(source, "^%.%.?%.?", at)
  return sub(source, at, last), last + 1
end

local function read_text(source, at, quote)
  return "0", string_end(source, at, quote)
end

-- The end of the long bracket at `at`, nil if there is none.
local function bracket_end(source, at)
  local level = match(source, "^%[(=*)%[", at)
  if level then
    local _, last = find(source, "]" .. level .. "]", at, true)
    return (last or #source) + 1
  end
end

local function read_bracket(source, at)
  local stop = bracket_end(source, at)
  return stop and "0" or "[", stop or at + 1
end

local function read_dash(source, at)
  if byte(source, at + 1) ~= byte "-" then
    return "-", at + 1
  end
  return nil, bracket_end(source, at + 2) or find(source, "\n", at, true) or #source + 1
end

read_by("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_", read_name)
read_by("0123456789", read_number)
read_by("=~<>:", read_pair)
read_by(".", read_dot)
read_by("\"'", read_text)
read_by("[", read_bracket)
read_by("-", read_dash)

-- Calls visit(token, place, is_name) for each token.
local function each_token(source, file, visit)
  local at, steps, count = find(source, "%S"), 0, 0
  while at do
    local character = sub(source, at, at)
    local token, after, is_name = (readers[character] or read_sign)(source, at, character)
    if token then
      count = count + 1
      if count > MAX_TOKENS then
        error(file .. ".lua: a policy's source must have at most " .. MAX_TOKENS .. " tokens: names, numbers, texts and signs", 0)
      end
      visit(token, at, is_name)
    end
    at, steps = find(source, "%S", after), steps + 1
    if steps % 1000 == 0 then
      renew()
    end
  end
end

local function line_of(source, place)
  local line = 1
  for at in string.gmatch(source, "()\n") do
    if at >= place then
      break
    end
    line = line + 1
    if line % 10000 == 0 then
      renew()
    end
  end
  return line
end

-- The names that are read (name -> first place), those that the text gives a value, and the place of the first
-- comparison with null.
local function names_of(source, file)
  local reads, known, compared = {}, {}, nil
  local before, before_that = "", "" -- the last two tokens
  local open = {} -- brackets and blocks that are not closed yet, the outermost first
  local listing -- in a list of names that get a value: "local", "for", "function", "parameters"
  local in_label = false
  local pending = {} -- names with commas between them, which may be read or written to: name, place, name...

  local function settle(is_written)
    if #pending == 0 then
      return
    end
    for i = 1, #pending, 2 do
      local name, place = pending[i], pending[i + 1]
      if is_written then
        known[name] = true
      else
        reads[name] = reads[name] or place
      end
    end
    pending = {}
  end

  local function visit(token, place, is_name)
    if token == "=" then
      if open[#open] == "{" and #pending > 0 then -- { key = value }: neither
        pending[#pending], pending[#pending - 1] = nil, nil
        settle(false)
      else
        settle(true)
      end
    elseif token ~= "," and not (is_name and before == ",") then
      settle(false)
    end

    if token == "local" or token == "for" or token == "function" then
      listing = token
    elseif listing == "function" then -- its name, which may have dots in it
      listing = token == "(" and "parameters" or listing
      known[token] = true
    elseif listing and is_name and (before == listing or before == "," or before == "(") then
      known[token] = true
    elseif not (listing and (in_between[token] or before == "<")) then
      listing = nil
      if is_name and before ~= "." and before ~= ":" and before ~= "goto" and not in_label then
        pending[#pending + 1], pending[#pending + 2] = token, place
      end
    end

    if token == "null" and (before == "==" or before == "~=") or (token == "==" or token == "~=") and before == "null"
      and before_that ~= "." then
      compared = compared or place
    end
    if token == "::" then
      in_label = not in_label
    end
    if closes[token] then
      open[#open] = nil
    end
    if opens[token] then
      open[#open + 1] = token
    end
    before, before_that = token, before
  end

  each_token(source, file, visit)
  settle(false)
  return reads, known, compared
end

-- An error with its line if the text reads a name that stands for nothing.
return function(source, file)
  local reads, known, compared = names_of(source, file)
  known._ENV, known.self = true, true
  local first, unknown
  for name, place in next, reads do
    if not known[name] and rawget(policy.callable, name) == nil and (not first or place < first) then
      first, unknown = place, name
    end
  end
  if first then
    error(file .. ".lua:" .. line_of(source, first) .. ": " .. policy.unknown_name(unknown), 0)
  elseif compared then
    error(file .. ".lua:" .. line_of(source, compared) .. ": a fact that is NULL is nil in a policy's code: compare with nil, not null", 0)
  end
end
