--- Second looks: at messages of which a verdict, or a model, said something after the policies had decided.
--
-- Each is a row of the table second_look, with a place in the log: what the policies decide then, they decide by what can be
-- seen up to there, and what came before it is not looked at once more.

local second_look = {}

-- Of message ?1: where its present text begins, what can be seen of it by the newest assessment of that text (a model's if there
-- is one), and what is new since the last look.
local NEWS = [[
  WITH
  last (seq, text) AS (
    SELECT coalesce((SELECT max(seq) FROM second_look WHERE message = ?1), 0),
      (SELECT max(text_revision) FROM assessment WHERE message = ?1)
  ),
  present AS (
    SELECT assessment_said.* FROM last JOIN assessment_said ON message = ?1 AND text_revision = text
  ),
  came AS (
    SELECT present.* FROM last JOIN present ON source = 'model' AND present.seq > last.seq
  )
  SELECT member, (SELECT said_at FROM present LIMIT 1), (SELECT min(seq) FROM present),
    (SELECT seq FROM present ORDER BY source = 'model' DESC, revision DESC LIMIT 1),
    EXISTS (SELECT 1 FROM verdict WHERE message = ?1 AND verdict.seq > max(last.seq, (SELECT min(seq) FROM present))),
    coalesce((SELECT max(toxicity) FROM came) > coalesce((
      SELECT max(toxicity) FROM assessment WHERE message = ?1 AND seq NOT IN (SELECT seq FROM came)), -1), 0),
    EXISTS (SELECT 1 FROM came WHERE off_topic IS NOT NULL),
    EXISTS (SELECT 1 FROM came WHERE coherence IS NOT NULL)
  FROM last JOIN message ON id = ?1 WHERE text IS NOT NULL]]

---@class SecondLooks
---@field due fun(): integer[] messages, in the order in which something was said of them
---@field take fun(message: integer): Message?, integer, table<string, boolean> nil if no policy needs to decide; the look's place
---in the log; what is new

---@param db any
---@return SecondLooks
function second_look.taker(db)
  local find = db:prepare [[
    SELECT message FROM (
      SELECT message, seq FROM verdict WHERE seq > ?1
      UNION ALL SELECT message, seq FROM assessment INDEXED BY assessment_of_model WHERE source = 'model' AND seq > ?1)
    GROUP BY message ORDER BY min(seq)]]
  local newest = db:prepare "SELECT coalesce(max(seq), 0) FROM second_look"
  local news_of = db:prepare(NEWS)
  local add = db:prepare "INSERT INTO second_look(message, assessment) VALUES (?, ?)"
  local place = db:prepare "SELECT seq FROM second_look WHERE id = ?"
  local looks = {}

  function looks.due()
    local messages = {}
    for i, message in find:rows((newest:row())) do
      messages[i] = message
    end
    return messages
  end

  function looks.take(id)
    local member, at, text_seq, assessed, verdict, toxicity, topic, coherence = news_of:row(id)
    if not member then
      return nil -- nobody has assessed it, and so it cannot be decided on
    end
    add:run(id, assessed)
    local seq = place:row(db:last_rowid())
    local news = {
      verdict = verdict == 1 or nil,
      toxicity = toxicity == 1 or nil,
      topic = topic == 1 or nil,
      coherence = coherence == 1 or nil,
    }
    if not next(news) then
      return nil
    end
    return { id = id, member = member, at = at, text_seq = text_seq }, seq, news
  end

  return looks
end

return second_look
