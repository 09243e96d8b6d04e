--- Assessments: how hostile is a message?

local assessment = {}

---The built-in scorer. Its function returns the assessment's place in the log.
---@param db any
---@return fun(message: Message): integer seq
function assessment.by_scorer(db)
  local add = db:prepare [[
    INSERT INTO assessment(seq, message, revision, member, at, source, toxicity)
    VALUES ((SELECT seq FROM next_seq), ?, ?, ?, ?, 'scorer', toxicity(?))]]
  return function(message)
    add:run(message.id, message.revision, message.member, message.at, message.text)
    return db:last_rowid()
  end
end

return assessment
