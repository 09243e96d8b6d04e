--- decorum replay --into: what would have happened with another policy or other settings.
--
--     decorum replay chat.db --policy gentle.lua --into what-if.db                     a new version of a policy that is live
--     decorum replay chat.db --policy mine.lua --without ladder --into what-if.db      another in the place of one
--
-- The other file gets what people and jobs did: members, messages, what they are known by, and row by row, in the order of
-- the log, assessments as they stand, sanctions, verdicts, flags... What policies did is left out: after each
-- assessment the pipeline decides anew, and what it does is seen by what it decides next. With the same policies and settings
-- that gives the same rows again.
--
-- The community's file is attached as `source`, to be read alone, and read in one transaction. The other is made as a part,
-- and has its name when it is whole.

local assessment = require "decorum.assessment"
local community = require "decorum.community"
local database_file = require "decorum.database_file"
local failure = require "decorum.failure"
local nearest = require "decorum.nearest"
local part_file = require "decorum.part_file"
local pipeline = require "decorum.pipeline"
local progress = require "decorum.progress"
local review = require "decorum.what_if_review"
local trigger = require "decorum.trigger"

local what_if = {}

local PACE = "PRAGMA main.cache_size = -16000; PRAGMA foreign_keys = OFF"

-- Tables that are not copied whole, nor are those of the log, which have a column seq.
local made_anew = { note = true, review = true, decision_timing = true, shadow_ban_case = true, appeal = true, case_note = true }

-- What only a bot that is connected needs: nothing is owed to anybody here.
local of_bots = { connection = true, presence = true, outbox = true }

-- What follows from a row is in the source's log as a row of its own, and a review is made with its outcome. So these triggers,
-- and all of review, wait for the end.
local aside = { sanction_resets_all = true, verdict_has_outcome = true, flag_calls_person = true, sanction_of_shadow_ban = true }

-- Columns of the log's tables that triggers fill in. Ids are kept, unless policies write such rows too.
local given = {
  assessment = { seq = true, baseline_after = true },
  sanction = { seq = true, case_no = true, id = true, undoes = true, decision = true },
  notification = { seq = true, id = true },
  mode_change = { seq = true, id = true },
  reputation_change = { seq = true, before = true, sanction = true },
  flag = { seq = true, member = true },
}

-- Which rows of the log people and jobs wrote, where policies do too.
local by_people = {
  sanction = "policy IS NULL",
  notification = "decision IS NULL",
  mode_change = "cause = 'hand' AND NOT ?2", -- ?2: does --set give the mode? Then it is in force for all
}

-- The policy's decision here that is the same as one of the source's, which goes by the name of old: about the same message,
-- by any version of the same policy, with the same action; the nearest, since one that was edited or looked at again has several.
local function same_decision(condition)
  return ([[(
    SELECT id FROM (
      SELECT id, abs(at - old.at) AS apart, abs(seq - old.seq) AS entries_apart FROM main.policy_decision AS decision
      WHERE id IN (SELECT id FROM main.decision WHERE message = old.message AND action = old.action AND action <> 'none'
          UNION ALL SELECT decision FROM temp.idle WHERE message = old.message AND action IS old.action)
        AND policy_name = old.policy_name AND %s
      ORDER BY apart, entries_apart, id LIMIT 1))]]):format(condition)
end

-- Decisions here to do nothing, or that failed, of messages of which a person named such a one in a case: the table of decisions
-- has no index of these.
local IDLE = [[
  CREATE TEMP TABLE idle (message INTEGER NOT NULL, decision INTEGER, action TEXT);
  INSERT INTO idle(message) SELECT DISTINCT decision.message FROM source.sanction JOIN source.decision ON decision.id = sanction.decision
    WHERE sanction.policy IS NULL AND coalesce(decision.action, 'none') = 'none';
  CREATE INDEX temp.idle_message ON idle (message)]]

local IDLE_IS_MADE = [[
  CREATE TEMP TRIGGER decision_is_idle AFTER INSERT ON main.decision WHEN coalesce(NEW.action, 'none') = 'none'
  BEGIN
    INSERT INTO idle SELECT NEW.message, NEW.id, NEW.action WHERE EXISTS (SELECT 1 FROM temp.idle WHERE message = NEW.message);
  END]]

local HAS_CASE = "EXISTS (SELECT 1 FROM main.sanction WHERE sanction.decision = decision.id)"

local function quoted(name)
  return '"' .. name:gsub('"', '""') .. '"'
end

-- The names of a table's columns, but for some, as a list in SQL.
local function columns_of(db, name, without)
  local found = {}
  for _, column in db:prepare("SELECT name FROM pragma_table_info(?, 'main')"):rows(name) do
    if not without[column] then
      found[#found + 1] = quoted(column)
    end
  end
  return table.concat(found, ", ")
end

-- Copies what has no place in the log, in the place of what is there.
local function copy_tables(db)
  local names = {}
  for i, name in db:prepare [[
    SELECT name FROM pragma_table_list AS new WHERE schema = 'main' AND type IN ('table', 'shadow') AND name NOT GLOB 'sqlite_*'
      AND EXISTS (SELECT 1 FROM pragma_table_list AS old WHERE old.schema = 'source' AND old.name = new.name AND old.type = new.type)
      AND NOT EXISTS (SELECT 1 FROM pragma_table_info(new.name, 'main') WHERE name = 'seq')]]:rows() do
    names[i] = name
  end
  for _, name in ipairs(names) do
    if not made_anew[name] and not of_bots[name] then
      local columns = columns_of(db, name, {})
      name = quoted(name)
      db:exec(("DELETE FROM main.%s; INSERT INTO main.%s(%s) SELECT %s FROM source.%s"):format(name, name, columns, columns, name))
    end
  end
  local columns = columns_of(db, "note", {})
  db:exec(("INSERT INTO main.note(%s) SELECT %s FROM source.note WHERE decision IS NULL"):format(columns, columns))
end

-- Shadow bans are as they stand today; their cases may have other numbers here.
local SHADOW_BAN_CASES = [[
  INSERT INTO main.shadow_ban_case(case_no, ban)
  SELECT carried.case_no, ban FROM source.shadow_ban_case AS made JOIN temp.carried ON source_case = made.case_no]]

-- What a person cleared of a policy's notes is cleared here too.
local NOTES_CLEARED = [[
  CREATE TEMP TRIGGER note_was_cleared AFTER INSERT ON main.note WHEN NEW.decision IS NOT NULL
  BEGIN
    UPDATE note SET cleared_at = old.cleared_at, cleared_by = old.cleared_by
    FROM (
      SELECT note.cleared_at, note.cleared_by FROM main.policy_decision AS new
        JOIN source.policy_decision AS made ON made.message = new.message AND made.action = new.action AND made.action <> 'none'
          AND made.policy_name = new.policy_name AND made.at = new.at
        JOIN source.note ON note.decision = made.id
      WHERE new.id = NEW.decision ORDER BY abs(made.seq - new.seq), made.id LIMIT 1) AS old
    WHERE note.id = NEW.id;
  END]]

---@class Carrier
---@field carry fun(kind: string, seq: integer) a row of the source's log by a person or a job
---@field finish fun() what was said of cases, which may have other numbers here
---@field left_out integer undos of cases that did not happen here

-- Takes over what people and jobs did.
local function carrier(db, mode_is_set, review_columns)
  db:exec "CREATE TEMP TABLE carried (source_case INTEGER PRIMARY KEY, case_no INTEGER NOT NULL)"
  db:exec(IDLE)
  if db:prepare("SELECT 1 FROM temp.idle"):row() then
    db:exec(IDLE_IS_MADE)
  end
  local find = db:prepare "SELECT undoes, policy IS NOT NULL, moderator IS NOT NULL FROM source.sanction WHERE seq = ?"
  local find_carried = db:prepare "SELECT case_no FROM temp.carried WHERE source_case = ?"
  local find_case = db:prepare(([[
    SELECT new.case_no FROM source.sanction AS done JOIN source.policy_decision AS old ON old.id = done.decision, main.sanction AS new
    WHERE done.case_no = ? AND new.decision = %s
  ]]):format(same_decision(HAS_CASE)))
  local is_undone = db:prepare "SELECT 1 FROM main.sanction WHERE undoes = ?"
  local sanction_columns = columns_of(db, "sanction", given.sanction)
  local add_case = db:prepare(([[
    INSERT INTO main.sanction(%s, undoes, decision)
    SELECT %s, ?2, (SELECT %s FROM source.policy_decision AS old WHERE old.id = sanction.decision) FROM source.sanction WHERE seq = ?1
  ]]):format(sanction_columns, sanction_columns, same_decision("NOT " .. HAS_CASE)))
  -- What a person said yes to, if the policy asks here too.
  local confirm_case = db:prepare(([[
    INSERT INTO main.sanction(member, action, duration_s, at, reason, policy, decision, message, moderator)
    SELECT new.member, new.action, new.duration_s, done.at, iif(trim(coalesce(new.reason, '')) = '', new.policy, new.reason),
      new.policy, new.id, new.message, done.moderator
    FROM source.sanction AS done JOIN source.policy_decision AS old ON old.id = done.decision
      JOIN main.decision AS new ON new.id = %s
    WHERE done.seq = ? AND new.mode = 'enforce'
  ]]):format(same_decision("NOT " .. HAS_CASE)))
  local keep_number = db:prepare [[
    INSERT INTO temp.carried SELECT old.case_no, new.case_no FROM source.sanction AS old, main.sanction AS new
    WHERE old.seq = ? AND new.id = ?]]
  local clear_notes = db:prepare [[
    UPDATE main.note SET cleared_at = reset.at, cleared_by = 'case ' || reset.case_no FROM main.sanction AS reset
    WHERE reset.id = ? AND reset.scope = 'all' AND note.member = reset.member AND note.decision IS NOT NULL AND note.cleared_at IS NULL]]
  local self = { left_out = 0 }

  -- The number here of a case there: carried over, or by the same policy about the same message.
  local function case_of(number)
    return find_carried:row(number) or find_case:row(number)
  end

  local function carry_case(seq)
    local undoes, by_policy, by_person = find:row(seq)
    if by_policy == 1 then
      if by_person == 1 and confirm_case:run(seq) > 0 then
        keep_number:run(seq, db:last_rowid())
      end
      return
    end
    local undone = undoes and case_of(undoes)
    if undoes and (not undone or is_undone:row(undone)) then
      self.left_out = self.left_out + 1
      return
    end
    add_case:run(seq, undone)
    local id = db:last_rowid()
    keep_number:run(seq, id)
    clear_notes:run(id)
  end

  local function carry_by(kind)
    local columns = columns_of(db, kind, given[kind] or { seq = true })
    local add = db:prepare(("INSERT INTO main.%s(%s) SELECT %s FROM source.%s WHERE seq = ?1 AND %s"):format(
      quoted(kind), columns, columns, quoted(kind), by_people[kind] or "1"))
    if kind == "mode_change" then
      return function(seq)
        add:run(seq, mode_is_set)
      end
    end
    return function(seq)
      add:run(seq)
    end
  end

  local function with_review(kind)
    local add = carry_by(kind)
    local add_review = db:prepare(([[
      INSERT INTO main.review(%s) SELECT %s FROM source.review WHERE %s = (SELECT id FROM source.%s WHERE seq = ?)]]):format(
      review_columns, review_columns, kind, kind))
    return function(seq)
      add(seq)
      add_review:run(seq)
    end
  end

  local columns = columns_of(db, "reputation_change", given.reputation_change)
  local add_change = db:prepare(([[
    INSERT INTO main.reputation_change(%s, sanction) SELECT %s, ?2 FROM source.reputation_change WHERE seq = ?1
  ]]):format(columns, columns))
  local find_named = db:prepare "SELECT sanction FROM source.reputation_change WHERE seq = ?"
  local by_kind = {
    sanction = carry_case,
    flag = with_review "flag",
    verdict = with_review "verdict",
    reputation_change = function(seq)
      local named = find_named:row(seq)
      add_change:run(seq, named and case_of(named))
    end,
  }

  function self.carry(kind, seq)
    by_kind[kind] = by_kind[kind] or carry_by(kind)
    by_kind[kind](seq)
  end

  function self.finish()
    local add_appeal = db:prepare "INSERT INTO main.appeal SELECT id, ?2, at, text FROM source.appeal WHERE id = ?1"
    local add_note = db:prepare "INSERT INTO main.case_note SELECT id, ?2, at, author, text FROM source.case_note WHERE id = ?1"
    for _, id, number in db:prepare("SELECT id, case_no FROM source.appeal ORDER BY id"):rows() do
      local case = case_of(number)
      if case then
        add_appeal:run(id, case)
      end
    end
    for _, id, number in db:prepare("SELECT id, case_no FROM source.case_note ORDER BY id"):rows() do
      local case = case_of(number)
      if case then
        add_note:run(id, case)
      end
    end
    db:exec "DELETE FROM main.review WHERE appeal IS NOT NULL AND appeal NOT IN (SELECT id FROM main.appeal)"
  end

  return self
end

-- Goes through the source's log in a stream.
local function walk(db, steps, people, reviews, show)
  local log = db:prepare [[
    SELECT seq, 'assessment' AS kind, message, member, revision, source = 'scorer', said_at FROM source.assessment_said
    UNION ALL SELECT seq, kind,
      iif(kind = 'second_look', (SELECT message FROM source.second_look WHERE second_look.seq = entry.seq), NULL), NULL, NULL, NULL, NULL
    FROM source.log_entry AS entry WHERE kind <> 'assessment'
    ORDER BY seq]]
  local entries = 0
  for _, seq, kind, message, member, revision, is_scored, at in log:rows() do
    reviews.come_before(seq, at)
    if kind == "assessment" then
      steps.judge { id = message, member = member, revision = revision, at = at, source_seq = seq, is_scored = is_scored == 1 }
    elseif kind == "second_look" then
      steps.look_again(message)
    else
      people.carry(kind, seq)
    end
    entries = entries + 1
    if entries % 64 == 0 then
      show(entries, entries)
    end
  end
end

-- Takes a live policy out of it.
local function leave_out(db, name, did)
  local live, versions = {}, {}
  for i, each, version in db:prepare("SELECT name, version FROM policy WHERE active ORDER BY name"):rows() do
    live[i], versions[each] = each, version
  end
  if not versions[name] then
    local meant = nearest(name, live)
    failure.raise("replay", ("--without: no policy '%s' is live%s live are: %s"):format(name,
      meant and (", did you mean '%s'?"):format(meant) or ";", live[1] and table.concat(live, ", ") or "none"))
  end
  db:prepare("UPDATE policy SET active = 0 WHERE name = ?"):run(name)
  did(("policy %s@%d, left out"):format(name, versions[name]))
end

-- Fills the new file. Returns the pipeline and the counts of what was left out.
local function fill(db, options, did)
  db:exec(PACE)
  community.make(db)
  database_file.attach(db, options.database, "source")
  db:exec "BEGIN"
  local put_back = trigger.set_aside(db)
  copy_tables(db)
  put_back(function(each)
    return each.about ~= "review" and not aside[each.name]
  end)
  local mode_is_set = false
  for _, name in ipairs(options.without) do
    leave_out(db, name, did)
  end
  for _, file in ipairs(options.policy) do
    community.add_policy_file("replay", db, file, did)
  end
  for _, assignment in ipairs(options.set) do
    community.change_setting(db, assignment, did)
    mode_is_set = mode_is_set or assignment:find "^mode=" ~= nil
  end
  db:exec(NOTES_CLEARED)
  local steps = pipeline.new(db, assessment.as_stored(db, columns_of(db, "assessment", given.assessment)))
  local review_columns = columns_of(db, "review", { id = true })
  local people = carrier(db, mode_is_set, review_columns)
  local reviews = review.carrier(db, review_columns)
  local total = db:prepare("SELECT count(*) FROM source.assessment"):row() + db:prepare("SELECT count(*) FROM source.log_entry"):row()
  local show, wipe = progress.new("replay", total, options.quiet, "entries")
  walk(db, steps, people, reviews, show)
  wipe()
  db:exec(SHADOW_BAN_CASES)
  local reviews_left_out = reviews.finish()
  people.finish()
  put_back()
  db:exec "COMMIT; DETACH source; PRAGMA main.cache_size = -2000" -- what is sorted takes as much again
  return steps, people.left_out, reviews_left_out
end

-- Adds lines about what was decided, and what could not have been.
local function add_counts(lines, db, options, undos, reviews)
  lines[#lines + 1] = "settings: " .. community.settings(db)
  local last
  for _, policy, mode, action, count in db:prepare [[
    SELECT display(policy), mode, coalesce(action, 'failed'), count(*) FROM decision
      LEFT JOIN decorum_action ON decorum_action.name = action
    GROUP BY policy, mode, action ORDER BY policy, mode, decorum_action.severity DESC]]:rows() do
    local head = ("%s, %s: "):format(policy, mode)
    local item = progress.grouped(count) .. " " .. action
    if head == last then
      lines[#lines] = lines[#lines] .. ", " .. item
    else
      lines[#lines + 1], last = head .. item, head
    end
  end
  local messages, censored = db:prepare("SELECT (SELECT count(*) FROM message), (SELECT count(*) FROM censored)"):row()
  lines[#lines + 1] = ("%s: %s, %s of them censored"):format(options.into, progress.counted(messages, "message"),
    progress.grouped(censored))
  if undos > 0 then
    lines[#lines + 1] = ("%s left out: what was undone did not happen"):format(progress.counted(undos, "undo"))
  end
  if reviews > 0 then
    lines[#lines + 1] = ("%s left out: what was reviewed was not decided"):format(progress.counted(reviews, "review"))
  end
end

-- Lines about what went wrong.
local function wrong_in(db, steps)
  local display = db:prepare "SELECT display(?)"
  local wrong = {}
  for i, line in ipairs(steps.fell) do
    wrong[i] = display:row(line)
  end
  local tally = steps.tally
  if tally.failed > 0 then
    wrong[#wrong + 1] = ("%s failed, the last with %s"):format(progress.counted(tally.failed, "decision"), (display:row(tally.why)))
  end
  return wrong
end

-- Fills the new file, and adds lines about it. Returns those about what went wrong.
local function make(db, options, lines)
  community.open("replay", options.database, "readonly"):close()
  local steps, undos, reviews = failure.guard("replay: " .. options.into, fill, db, options, function(line)
    lines[#lines + 1] = line
  end)
  if not options.quiet then
    add_counts(lines, db, options, undos, reviews)
  end
  return wrong_in(db, steps)
end

---@param options table of the command line: database, policy, without, set, into, quiet
---@return integer status 1 if a policy failed or fell to observe
function what_if.run(options)
  if options.log[1] then
    failure.raise("replay", "--into decides anew about what is in the file, and reads no log: " .. options.log[1])
  end
  local part = part_file.claim("replay", options.into)
  local lines, wrong = {}, nil
  local done, why = pcall(function()
    wrong = make(part.db, options, lines)
    part.finish(community.APPLICATION_ID)
  end)
  if not done then
    part.give_up()
    error(why, 0)
  end
  if not options.quiet then
    print(table.concat(lines, "\n"))
  end
  for _, line in ipairs(wrong) do
    io.stderr:write(("decorum: replay: %s\n"):format(line))
  end
  return wrong[1] and 1 or 0
end

return what_if
