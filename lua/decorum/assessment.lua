--- Assessments: how hostile is a message?

local assessment = {}

---The built-in scorer. Its function returns the assessment's place in the log, and whether the message is to
---be decided on: each new one is, an edit only if it made the message worse, so that nobody is
---sanctioned twice for the same words.
---@param db any
---@return fun(message: Message): integer, boolean
function assessment.by_scorer(db)
  local add = db:prepare [[
    INSERT INTO assessment(seq, message, revision, text_revision, member, at, source, toxicity)
    VALUES ((SELECT seq FROM next_seq), ?1, ?2, ?2, ?3, ?4, 'scorer', toxicity(?5))]]
  local is_worse = db:prepare [[
    SELECT new.toxicity > coalesce(max(old.toxicity), -1) FROM assessment AS new
      LEFT JOIN assessment AS old ON old.message = new.message AND old.revision < new.revision
    WHERE new.seq = ?]]
  return function(message)
    add:run(message.id, message.revision, message.member, message.said_at, message.text)
    local seq = db:last_rowid()
    return seq, message.revision == 0 or is_worse:row(seq) == 1
  end
end

return assessment
