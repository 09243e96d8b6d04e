--- Assessments: how hostile is a message?

local failure = require "decorum.failure"
local likeness = require "decorum.likeness"

local assessment = {}

-- The terms to score with: a function that gives the table lexicon as JSON, or nil if it is the built-in list. It is
-- read again when another connection has changed the file.
local function lexicon_reader(db)
  local version_now = db:prepare "PRAGMA data_version"
  local read = db:prepare [[
    SELECT CASE WHEN EXISTS (SELECT term, weight, category, aim FROM lexicon EXCEPT SELECT * FROM decorum_lexicon)
        OR EXISTS (SELECT * FROM decorum_lexicon EXCEPT SELECT term, weight, category, aim FROM lexicon)
      THEN (SELECT json_group_array(json_object('term', term, 'weight', weight, 'category', category, 'aim', aim)) FROM lexicon)
      END]]
  local try = db:prepare "SELECT toxicity('', ?)"
  local lexicon, version
  return function()
    local now = version_now:row()
    if now ~= version then
      local changed = read:row()
      failure.guard("the table lexicon cannot be used", try.row, try, changed)
      lexicon, version = changed, now
    end
    return lexicon
  end
end

-- What is new to policies about the message of a scorer's new assessment, by its seq. All of a new message and of an edit that made
-- it worse, see the view; of an edit that has more links, or says what was said before, that is for those that count such
-- things. Otherwise nothing, so that nobody is sanctioned twice for the same words.
local function news_of(db)
  local compare = db:prepare [[
    SELECT EXISTS (SELECT 1 FROM main.occasion WHERE occasion.seq = new.seq),
      new.links > coalesce(max(old.links), 0) OR (NOT coalesce(max(old.text_key = new.text_key), 0) AND EXISTS (
        SELECT 1 FROM assessment AS same WHERE same.text_key = new.text_key AND same.message <> new.message))
    FROM assessment AS new LEFT JOIN assessment AS old ON old.message = new.message AND old.revision < new.revision
    WHERE new.seq = ? AND new.text_revision = new.revision]]
  return function(seq, revision)
    if revision == 0 then
      return true
    end
    local is_worse, is_spam = compare:row(seq)
    return is_worse == 1 or (is_spam == 1 and { spam = true } or nil)
  end
end

---The built-in scorer. Its function returns the assessment's place in the log, and what is new about the message: true if all
---is, nil if nothing is to be decided.
---@param db any
---@return fun(message: Message): integer, true|table<string, boolean>|nil
function assessment.by_scorer(db)
  local lexicon = lexicon_reader(db)
  local score = db:prepare "SELECT toxicity(?1, ?2), fold(?1)"
  local columns = "seq, message, revision, text_revision, member, at, source, toxicity, text_key, links"
  local values = "(SELECT seq FROM next_seq), ?1, ?2, ?2, ?3, ?4, 'scorer', ?5, " .. likeness.key "?6" .. ", ?7"
  local add = db:prepare(("INSERT INTO assessment(%s) VALUES (%s)"):format(columns, values))
  local add_hostile = db:prepare(([[
    INSERT INTO assessment(%s, categories) VALUES (%s, (
      SELECT json_group_object(category, counted)
      FROM (SELECT category, max(counted) AS counted FROM toxicity_terms(?8, ?9) GROUP BY category)))]]):format(columns, values))
  local news = news_of(db)
  return function(message)
    local terms = lexicon()
    local toxicity, folded = score:row(message.words, terms)
    local said, links = likeness.said(folded), likeness.links(message.words)
    if toxicity > 0 then
      add_hostile:run(message.id, message.revision, message.member, message.said_at, toxicity, said, links, message.words, terms)
    else
      add:run(message.id, message.revision, message.member, message.said_at, toxicity, said, links)
    end
    local seq = db:last_rowid()
    return seq, news(seq, message.revision)
  end
end

---Assessments as they stand in another file, attached as `source`: nothing is scored. The message names the one to take
---over by its seq there, and whether it is the scorer's: what a model or a person said was only added there, too.
---@param db any
---@param columns string those of the table that are taken over
---@return fun(message: StoredMessage): integer, true|table<string, boolean>|nil
function assessment.as_stored(db, columns)
  local add = db:prepare(([[
    INSERT INTO main.assessment(seq, %s) SELECT (SELECT seq FROM main.next_seq), %s FROM source.assessment WHERE seq = ?
  ]]):format(columns, columns))
  local news = news_of(db)
  return function(message)
    add:run(message.source_seq)
    local seq = db:last_rowid()
    return seq, message.is_scored and news(seq, message.revision) or nil
  end
end

return assessment
