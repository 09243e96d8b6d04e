--[[
policy_names.lua: finds names in a policy's text that stand for nothing, without running it; compiled into the
extension.

    policy.lua:3: there is no 'os' in a policy; there are assert, cooldown, ...

A test finds such a name only if it runs that line. This looks at all of them, and says nothing of a name that it
is not sure about: it knows no scopes, so what is a local, a parameter or written to anywhere in the text counts as
known. The text has been compiled before: its syntax is right.

Called with: renew(), which gives a fresh budget, and what policy.lua returns. Returns the function that
policy_test.lua calls.
]]
local renew, policy = ...

local error, find, match, sub = error, string.find, string.match, string.sub

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

-- The token at `at`, or nil if what stands there is space or a comment; and the place after it. Of a number or a text
-- it is only that there is one.
local function token_at(source, at)
  local stop = match(source, "^%s+()", at)
  if stop then
    return nil, stop
  end
  stop = match(source, "^%.?%d[%w_.]*()", at)
  if stop then
    return "0", stop
  end
  local name, after = match(source, "^([%a_][%w_]*)()", at)
  if name then
    return name, after
  end
  local dashes, level = match(source, "^(%-?%-?)%[(=*)%[", at)
  if dashes and #dashes ~= 1 then
    local _, last = find(source, "]" .. level .. "]", at, true)
    return dashes == "" and "0" or nil, (last or #source) + 1
  end
  stop = match(source, "^%-%-[^\n]*()", at)
  if stop then
    return nil, stop
  end
  local character = sub(source, at, at)
  if character == '"' or character == "'" then
    return "0", string_end(source, at, character)
  end
  local operator = match(source, "^%.%.%.?", at) or match(source, "^[=~<>]=", at) or match(source, "^::", at) or character
  return operator, at + #operator
end

-- Calls visit(token, place) for each token.
local function each_token(source, visit)
  local at, steps = 1, 0
  while at <= #source do
    local token, after = token_at(source, at)
    if token then
      visit(token, at)
    end
    at, steps = after, steps + 1
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
local function names_of(source)
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

  local function visit(token, place)
    local is_name = find(token, "^[%a_]") and not keywords[token]
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

  each_token(source, visit)
  settle(false)
  return reads, known, compared
end

-- An error with its line if the text reads a name that stands for nothing.
return function(source, file)
  local reads, known, compared = names_of(source)
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
