--- False positives where people are named: the terms of identity_terms.lua (or of a file) in labelled texts and in
--- neutral sentences.
--
--   local terms = identity.shipped()
--   local counter = identity.counter(terms)
--   counter:add("Muslims and women welcome", false, true)    -- not toxic, yet flagged: a false positive of both terms
--   counter.counts[1]                                        -- { texts = 1, negatives = 1, false_positives = 1 }
--   counter.any                                              -- the same, of texts with any term
--   identity.sentences(terms[1])                             -- { "I am a muslim.", ... }
--
-- Terms are found as whole words, without regard to the case of A to Z; whatever is no letter, digit or byte of a
-- character beyond ASCII stands between words. A text counts once for a term, and for each term that is in it.

local shipped = require "decorum.identity_terms"
local table_file = require "decorum.table_file"

local identity = {}

---@class IdentityTerm
---@field group string
---@field term string the first of its forms
---@field forms string[] what is looked for
---@field one string
---@field many string

local WORD = "[%w\x80-\xff]+"

-- Lower-case words, one space around each.
local function folded(text)
  return " " .. text:lower():gsub("[^%w\x80-\xff]+", " ") .. " "
end

local function new_term(group, forms, one, many)
  local term = { group = group, forms = {} }
  for form in (forms .. "|"):gmatch "([^|]*)|" do
    local words = folded(form):match "^%s*(.-)%s*$"
    if words ~= "" then
      term.forms[#term.forms + 1] = words
    end
  end
  term.term = term.forms[1]
  term.one = one or term.term
  term.many = many or term.term and term.term .. " people"
  return term
end

---@return IdentityTerm[]
function identity.shipped()
  local terms = {}
  for i, row in ipairs(shipped.terms) do
    terms[i] = new_term(table.unpack(row))
  end
  return terms
end

---Terms from a CSV file: the column term, with "|" between forms, and if it has them group, one and many.
---@param what string the command, for messages
---@param path string
---@return IdentityTerm[]
function identity.read(what, path)
  local source = table_file.open(what, path)
  local columns = { source:column "term" }
  for _, name in ipairs { "group", "one", "many" } do
    columns[name] = source:find(name)
  end
  local terms = {}
  for fields, line in source:rows() do
    local function optional(name)
      local value = columns[name] and fields[columns[name]]
      return value ~= "" and value or nil
    end
    local term = new_term(optional "group" or "", fields[columns[1]], optional "one", optional "many")
    if not term.term then
      source:refuse(line, "the term is empty")
    end
    terms[#terms + 1] = term
  end
  if #terms == 0 then
    source:refuse(nil, "there are no terms")
  end
  return terms
end

---The neutral sentences with a term in them.
---@param term IdentityTerm
---@return string[]
function identity.sentences(term)
  local sentences = {}
  for i, sentence in ipairs(shipped.sentences) do
    local text = sentence:gsub("{(%l+)}", term)
    sentences[i] = text:gsub("^%l", string.upper)
  end
  return sentences
end

---@class IdentityCount
---@field texts integer texts with the term
---@field negatives integer those of them that people called not toxic
---@field false_positives integer those of these that the scorer flags

---@class IdentityCounter
---@field counts IdentityCount[] as the terms
---@field any IdentityCount of texts with any of the terms
---@field by_word table<string, { index: integer, phrase: string? }[]> forms by their first word; a phrase has more
local Counter = {}
Counter.__index = Counter

---@param terms IdentityTerm[]
---@return IdentityCounter
function identity.counter(terms)
  local function none()
    return { texts = 0, negatives = 0, false_positives = 0 }
  end
  local self = setmetatable({ counts = {}, any = none(), by_word = {} }, Counter)
  for index, term in ipairs(terms) do
    self.counts[index] = none()
    for _, form in ipairs(term.forms) do
      local word = form:match "%S+"
      self.by_word[word] = self.by_word[word] or {}
      table.insert(self.by_word[word], { index = index, phrase = word ~= form and " " .. form .. " " or nil })
    end
  end
  return self
end

local function count(counts, is_positive, is_flagged)
  counts.texts = counts.texts + 1
  counts.negatives = counts.negatives + (is_positive and 0 or 1)
  counts.false_positives = counts.false_positives + (is_flagged and not is_positive and 1 or 0)
end

---@param text string
---@param is_positive boolean
---@param is_flagged boolean
function Counter:add(text, is_positive, is_flagged)
  local by_word, seen, words = self.by_word, nil, nil
  for word in text:lower():gmatch(WORD) do
    local forms = by_word[word]
    for i = 1, forms and #forms or 0 do
      local form = forms[i]
      words = words or form.phrase and folded(text)
      if not (seen and seen[form.index]) and (not form.phrase or words:find(form.phrase, 1, true)) then
        seen = seen or {}
        seen[form.index] = true
        count(self.counts[form.index], is_positive, is_flagged)
      end
    end
  end
  if seen then
    count(self.any, is_positive, is_flagged)
  end
end

return identity
