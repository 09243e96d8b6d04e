--- The review queue: what waits for a person, and what a person decides about it.

local failure = require "decorum.failure"
local script = require "decorum.script"
local wording = require "decorum.wording"

-- About the safety of children: by a flag, or by the rule on minors, of this review or another one of the same message. Only who
-- is named for it sees the text and decides.
local IS_RESTRICTED = [[
  EXISTS (SELECT 1 FROM review AS same
      LEFT JOIN flag ON flag.id = same.flag LEFT JOIN verdict ON verdict.id = same.verdict LEFT JOIN decision ON decision.id = same.decision
    WHERE (same.id = review.id OR same.message = review.message)
      AND (flag.type = 'CHILD_SAFETY' OR verdict.rule = 'minors' COLLATE NOCASE OR decision.rule = 'minors' COLLATE NOCASE))]]

-- About a shadow ban: a policy's proposal of one, or an appeal against one.
local IS_OF_SHADOW_BAN = [[
  coalesce((SELECT action = 'shadow_ban' FROM decision WHERE id = review.decision),
    (SELECT action = 'shadow_ban' FROM appeal JOIN sanction USING (case_no) WHERE appeal.id = review.appeal), 0)]]

local REVIEW = ([[
  SELECT review.id, review.at, review.member, review.reason, review.message, channel.name AS channel, claimed_by, claimed_until,
    review.flag, review.verdict, review.decision, review.appeal, outcome, decided_by, %s AS is_restricted, %s AS is_of_shadow_ban
  FROM review LEFT JOIN message ON message.id = review.message LEFT JOIN channel ON channel.id = message.channel ]]):format(IS_RESTRICTED,
  IS_OF_SHADOW_BAN)

---@class Review
---@field id integer
---@field at number
---@field member integer
---@field reason string
---@field message integer?
---@field channel string?
---@field claimed_by string?
---@field claimed_until number?
---@field flag integer?
---@field verdict integer?
---@field decision integer?
---@field appeal integer?
---@field outcome string?
---@field decided_by string?
---@field is_restricted integer
---@field is_of_shadow_ban integer

---@param shared Commands
---@return Command[]
return function(shared)
  local db, people, shown = shared.db, shared.people, shared.shown
  local waiting = db:prepare("SELECT * FROM (" .. REVIEW .. [[WHERE outcome IS NULL ORDER BY review.at, review.id)
    WHERE :sees OR NOT is_of_shadow_ban LIMIT :most]])
  local count_waiting = db:prepare("SELECT count(*) FROM review WHERE outcome IS NULL AND (:sees OR NOT " .. IS_OF_SHADOW_BAN .. ")")
  local one = db:prepare(REVIEW .. "WHERE review.id = :id")
  local columns = one:columns()
  local text_of = db:prepare "SELECT text FROM message_text WHERE message = ?"
  local flag_of = db:prepare "SELECT type, comment, reporter FROM flag WHERE id = ?"
  local verdict_of = db:prepare "SELECT source, rule, confidence, explanation FROM verdict WHERE id = ?"
  local decision_of = db:prepare "SELECT policy, action, duration_s, mode, reason FROM decision WHERE id = ?"
  local appeal_of = db:prepare [[
    SELECT case_no, text, action, case_reason.reason, sanction.moderator
    FROM appeal JOIN sanction USING (case_no) JOIN case_reason USING (case_no) WHERE appeal.id = ?]]
  local claim = db:prepare "UPDATE review SET claimed_by = ?, claimed_at = ? WHERE id = ?"
  local decide = db:prepare "UPDATE review SET outcome = ?, decided_by = ?, decided_at = ? WHERE id = ?"
  local claimed_until = db:prepare "SELECT claimed_until FROM review WHERE id = ?"
  local case_of_decision = db:prepare "SELECT case_no FROM sanction WHERE decision = ?"
  local undo_of = db:prepare "SELECT case_no FROM sanction WHERE undoes = ?"

  local function as_review(row)
    local review = {}
    for i, column in ipairs(columns) do
      review[column] = row[i]
    end
    return review
  end

  -- A review that the asker may know of.
  local function find(asker, id)
    local row = script.rows(one, { id = id })[1]
    local review = row and as_review(row)
    if not review or (review.is_of_shadow_ban == 1 and not asker.sees_shadow_bans) then
      failure.raise("queue", ("there is no review %d"):format(id))
    end
    return review
  end

  local function is_hidden(asker, review)
    return review.is_restricted == 1 and not asker.sees_minors
  end

  local function is_claimed(review, now)
    return review.claimed_by and review.claimed_until and review.claimed_until > now
  end

  local function where(review)
    return review.channel and " in " .. shown(review.channel, 64) or ""
  end

  local function claim_words(asker, review)
    return is_claimed(review, asker.now) and (", claimed by %s until %s"):format(people.name_of_key(asker, review.claimed_by),
      wording.moment(review.claimed_until, asker.now)) or ""
  end

  local function line_of(asker, review)
    return ("%d: %s about %s%s, %s%s%s"):format(review.id, shown(review.reason, 100), people.name(review.member), where(review),
      wording.moment(review.at, asker.now), claim_words(asker, review), is_hidden(asker, review) and ", restricted" or "")
  end

  local function list(asker)
    local sees = asker.sees_shadow_bans
    local total, lines = count_waiting:row(sees), {}
    local most = asker.shows
    for i, row in ipairs(script.rows(waiting, { sees = sees, most = most })) do
      lines[i + 1] = line_of(asker, as_review(row))
    end
    if total == 0 then
      return "Nothing waits for a review."
    end
    lines[1] = ("%s, the oldest first; %squeue NUMBER shows one:"):format(
      total == 1 and "1 review waits" or ("%d reviews wait"):format(total), shared.prefix)
    if total > most then
      lines[#lines + 1] = ("%d more after these."):format(total - most)
    end
    return lines
  end

  -- Why there is this review.
  local function why(asker, review)
    if review.flag then
      local type, comment, reporter = flag_of:row(review.flag)
      return ("Flagged as %s by %s%s"):format(shown(type, 40), people.name(reporter), comment and ": " .. shown(comment, 300) or ".")
    elseif review.verdict then
      local source, rule, confidence, explanation = verdict_of:row(review.verdict)
      return ("A %s's verdict: %s, %d %% sure%s"):format(source, rule and shown(rule, 40) or "no violation", confidence,
        explanation and ": " .. shown(explanation, 200) or ".")
    elseif review.decision then
      local policy, action, duration_s, mode, reason = decision_of:row(review.decision)
      return ("%s decided %s%s, mode %s: %s"):format(shown(policy, 64), action:gsub("_", " "),
        duration_s and " for " .. wording.span(duration_s) or "", mode, shown(reason or "no reason given", 200))
    elseif review.appeal then
      local case_no, text, action, reason, moderator = appeal_of:row(review.appeal)
      return ("Case %d is a %s, by %s, for: %s. The appeal: %s"):format(case_no, wording.noun(action),
        moderator and people.name_of_key(asker, moderator) or "a policy", shown(reason, 100), shown(text, 300))
    end
    return "Why: " .. shown(review.reason)
  end

  local function show(asker, id)
    local review = find(asker, id)
    local lines = { ("Review %d: %s about %s%s, since %s%s."):format(id, shown(review.reason, 100), people.name(review.member),
      where(review), wording.moment(review.at, asker.now), review.outcome and "" or claim_words(asker, review)) }
    if review.outcome then
      lines[2] = ("It was %s by %s."):format(review.outcome, people.name_of_key(asker, review.decided_by))
    end
    if is_hidden(asker, review) then
      lines[#lines + 1] = "What was said is for holders of the privilege GUILD_ADMIN and owners alone, and so is the decision."
      return lines
    end
    lines[#lines + 1] = why(asker, review)
    local text = text_of:row(review.message)
    lines[#lines + 1] = review.message and (text and "What was said: " .. shown(text, 350) or "What was said is not kept any more.") or nil
    if not review.outcome then
      lines[#lines + 1] = ("%squeue claim %d, then %squeue uphold %d or %squeue reject %d."):format(shared.prefix, id, shared.prefix, id,
        shared.prefix, id)
    end
    return lines
  end

  -- Whether the asker may decide, and claim to decide.
  local function check_may_decide(asker, review)
    if is_hidden(asker, review) then
      failure.raise("queue", "that review is for holders of the privilege GUILD_ADMIN and owners")
    elseif review.is_of_shadow_ban == 1 and not asker.may_shadow_ban then
      failure.raise("queue", "shadow bans are for who has the privilege SHADOW_BAN_ADMIN")
    elseif review.outcome then
      failure.raise("queue", ("review %d was %s already by %s"):format(review.id, review.outcome,
        people.name_of_key(asker, review.decided_by)))
    elseif review.member == asker.member then
      failure.raise("queue", "that review is about you: another moderator decides")
    elseif review.appeal and people.is_key_of(asker, (select(5, appeal_of:row(review.appeal)))) then
      failure.raise("queue", "another moderator than the one who acted decides on an appeal")
    elseif is_claimed(review, asker.now) and not people.is_key_of(asker, review.claimed_by) then
      failure.raise("queue", ("review %d is claimed by %s until %s"):format(review.id, people.name_of_key(asker, review.claimed_by),
        wording.moment(review.claimed_until, asker.now)))
    end
  end

  -- The name by which a review is claimed already, if it is the asker's: one of several.
  local function key_for(asker, review)
    return is_claimed(review, asker.now) and review.claimed_by or asker.key
  end

  local acts = {}

  function acts.claim(asker, review)
    check_may_decide(asker, review)
    local key = key_for(asker, review)
    claim:run(nil, asker.now, review.id) -- a claim at the time of the one before is taken for one without a time
    claim:run(key, asker.now, review.id)
    return ("Review %d is yours until %s."):format(review.id, wording.moment(claimed_until:row(review.id), asker.now))
  end

  function acts.release(asker, review)
    if not is_claimed(review, asker.now) then
      return ("Nobody has claimed review %d."):format(review.id)
    elseif not people.is_key_of(asker, review.claimed_by) and asker.rank < 2 then
      failure.raise("queue", ("review %d is claimed by %s: a senior may release it"):format(review.id,
        people.name_of_key(asker, review.claimed_by)))
    end
    claim:run(nil, asker.now, review.id)
    return ("Review %d is free."):format(review.id)
  end

  -- What came of it, in words.
  local function consequence(review)
    local who = people.name(review.member)
    if review.appeal then
      local case_no = appeal_of:row(review.appeal)
      return ("case %d of %s is undone (case %d)"):format(case_no, who, undo_of:row(case_no))
    elseif review.decision then
      local policy, action, _, mode = decision_of:row(review.decision)
      local case_no = case_of_decision:row(review.decision)
      if case_no then
        return ("the %s of %s is case %d"):format(wording.noun(action), who, case_no)
      end
      return mode == "observe" and ("nothing is done, since %s observed"):format(shown(policy, 64)) or "nothing more is done"
    elseif review.flag then
      return ("the flag costs %s reputation"):format(who)
    end
    return "it stands"
  end

  function acts.uphold(asker, review)
    check_may_decide(asker, review)
    if not review.appeal then
      people.check_rank(asker, review.member)
    end
    decide:run("upheld", key_for(asker, review), asker.now, review.id)
    return ("Review %d is upheld: %s."):format(review.id, consequence(review))
  end

  function acts.reject(asker, review)
    check_may_decide(asker, review)
    decide:run("rejected", key_for(asker, review), asker.now, review.id)
    return ("Review %d is rejected: %s."):format(review.id, review.appeal and ("case %d stands"):format((appeal_of:row(review.appeal)))
      or "nothing follows from it, and what it cost is given back")
  end

  local function queue(asker, arguments, command)
    if arguments.rest == "" then
      return list(asker)
    end
    local id = arguments:number()
    if id then
      return show(asker, id)
    end
    local act = acts[(arguments:word() or ""):lower()]
    id = act and arguments:number()
    if not id then
      shared.refuse_usage(command, "it is a number, or what to do with it")
    end
    return act(asker, find(asker, id))
  end

  return {
    { name = "queue", rank = 1, usage = "[NUMBER] | claim NUMBER | uphold NUMBER | reject NUMBER | release NUMBER",
      privately = "unless moderators", help = "Shows what waits for a person's review, and decides it.", run = queue },
  }
end
