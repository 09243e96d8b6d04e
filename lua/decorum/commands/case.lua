--- Cases: what was done, to whom, why, and what came of it. Members may ask about their own.

local failure = require "decorum.failure"
local script = require "decorum.script"
local wording = require "decorum.wording"

-- A shadow ban, or the undo of one.
local IS_OF_SHADOW_BAN = [[
  coalesce((SELECT undone.action FROM sanction AS undone WHERE undone.case_no = sanction.undoes), sanction.action) = 'shadow_ban']]

local CASE = ([[
  SELECT sanction.case_no, action, member, at, duration_s, ends_at, case_reason.reason, policy, moderator, undoes, decision, scope,
    (SELECT case_no FROM sanction AS undo WHERE undo.undoes = sanction.case_no) AS undone_by, %s AS is_of_shadow_ban
  FROM sanction JOIN case_reason USING (case_no) ]]):format(IS_OF_SHADOW_BAN)

-- Terms of a drama score that are told: those that made most of it.
local TERMS_MOST = 5

---@class Case
---@field number integer
---@field action string
---@field member integer
---@field at number
---@field duration_s number?
---@field ends_at number?
---@field reason string the newest
---@field policy string?
---@field moderator string?
---@field undoes integer?
---@field decision integer?
---@field scope string?
---@field undone_by integer?
---@field is_of_shadow_ban integer

local FIELDS = { "number", "action", "member", "at", "duration_s", "ends_at", "reason", "policy", "moderator", "undoes", "decision",
  "scope", "undone_by", "is_of_shadow_ban" }

local function as_case(row)
  local case = {}
  for i, field in ipairs(FIELDS) do
    case[field] = row and row[i]
  end
  return row and case
end

---@param shared Commands
---@return Command[]
return function(shared)
  local db, people, shown = shared.db, shared.people, shared.shown
  local find = db:prepare(CASE .. "WHERE sanction.case_no = :number")
  local newest = db:prepare(CASE .. "WHERE :sees OR NOT is_of_shadow_ban ORDER BY sanction.case_no DESC LIMIT :most")
  local of_member = db:prepare(CASE .. [[
    WHERE member = :member AND (:sees OR NOT is_of_shadow_ban) ORDER BY sanction.case_no DESC LIMIT :most]])
  local count_of_member = db:prepare("SELECT count(*) FROM sanction WHERE member = ?1 AND (?2 OR NOT " .. IS_OF_SHADOW_BAN .. ")")
  local appeal_of = db:prepare [[
    SELECT review.id, outcome, appeal.text FROM appeal JOIN review ON review.appeal = appeal.id WHERE case_no = ?]]
  local calls_of = db:prepare [[
    SELECT platform || ': ' || group_concat(call || ' ' || state || coalesce(' (' || outcome || ')', ''), ', ')
    FROM (SELECT * FROM outbox WHERE case_no = ? AND call <> 'say' ORDER BY id) GROUP BY platform]]
  local add_note = db:prepare "INSERT INTO case_note(case_no, at, author, text) VALUES (?, ?, ?, ?)"
  local decision_of = db:prepare [[
    SELECT decision.id, decision.at, decision.policy, decision.mode, decision.rule, rule.description, explanation
    FROM decision JOIN explain ON explain.decision = decision.id LEFT JOIN rule ON rule.name = decision.rule WHERE decision.id = ?]]
  local judged_by = db:prepare [[
    SELECT assessment.source, toxicity, categories, verdict.source, verdict.rule, confidence, explanation
    FROM decision JOIN assessment ON assessment.seq =
        (SELECT max(seq) FROM assessment AS known WHERE known.message = decision.message AND known.seq <= decision.seq)
      LEFT JOIN verdict ON verdict.seq =
        (SELECT max(seq) FROM verdict AS known WHERE known.message = decision.message AND known.seq <= decision.seq)
    WHERE decision.id = ?]]
  local terms_of = db:prepare [[
    SELECT facts.drama, terms.at, terms.toxicity, terms.contribution
    FROM decision JOIN member_facts(decision.member, decision.at, decision.seq) AS facts
      JOIN drama_terms(facts.drama_messages, decision.at, facts.warned_at, (SELECT value FROM setting WHERE name = 'window_size'),
        60.0 * (SELECT value FROM setting WHERE name = 'window_minutes'),
        (SELECT value FROM setting WHERE name = 'escalation_boost')) AS terms
    WHERE decision.id = ? ORDER BY contribution DESC LIMIT ?]]

  local function get(number)
    return as_case(script.rows(find, { number = number })[1])
  end

  -- A case that the asker may know of. To a member, the cases of others are as if they were not there.
  local function case(asker, number)
    local found = get(number)
    local is_own = found and found.member == asker.member
    local is_seen = found and (asker.rank > 0 or is_own)
    if is_seen and found.is_of_shadow_ban == 1 and not asker.sees_shadow_bans then
      is_seen = is_own and people.hears_of_shadow_bans(asker.member)
    end
    if not is_seen then
      failure.raise("case", (asker.rank > 0 and "there is no case %d" or "you have no case %d"):format(number))
    end
    return found
  end

  -- Members are not told which moderator it was.
  local function by(asker, found)
    local policy = found.policy and "the policy " .. shown(found.policy, 64)
    if asker.rank == 0 then
      return policy and found.moderator and policy .. ", confirmed by a moderator" or policy or "a moderator"
    elseif found.moderator then
      return (policy and policy .. ", confirmed by " or "") .. people.name_of_key(asker, found.moderator)
    end
    return policy or "hand"
  end

  local function whole(asker, found)
    local now, lines = asker.now, {}
    local lasts = found.ends_at and found.action ~= "shadow_ban"
      and (" for %s, until %s"):format(wording.span(found.ends_at - found.at), wording.moment(found.ends_at, now)) or ""
    local what = found.undoes and ("undo of case %d,"):format(found.undoes) or wording.noun(found.action)
    lines[1] = ("Case %d: %s%s of %s at %s%s, by %s."):format(found.number, what, found.scope and " (" .. found.scope .. ")" or "",
      people.name(found.member), wording.moment(found.at, now), lasts, by(asker, found))
    lines[2] = "Reason: " .. shown(found.reason, 300)
    if found.undone_by then
      local undo = get(found.undone_by)
      lines[#lines + 1] = ("Undone by case %d, by %s: %s"):format(undo.number, by(asker, undo), shown(undo.reason))
    end
    local review, outcome, text = appeal_of:row(found.number)
    if review then
      lines[#lines + 1] = ("Appeal, review %d, %s: %s"):format(review, outcome or "waiting", shown(text))
    end
    if asker.rank > 0 then
      for _, calls in calls_of:rows(found.number) do
        lines[#lines + 1] = "Carried out on " .. shown(calls, 300)
      end
    end
    return lines
  end

  -- The number that a command needs. What a member says with other words behind it is chat.
  local function needed_number(asker, arguments, command)
    local number = arguments:number()
    if asker.rank == 0 and (not number or arguments.rest ~= "") then
      return false
    end
    return number or shared.refuse_usage(command, "say which case")
  end

  local function show_case(asker, arguments, command)
    local number = needed_number(asker, arguments, command)
    return number and whole(asker, case(asker, number))
  end

  local function cases(asker, arguments, command)
    local member, name, found, total
    if arguments.rest ~= "" then
      member, name = shared.who(asker, arguments, command)
      found, total = of_member, count_of_member:row(member, asker.sees_shadow_bans)
    end
    local lines, shows = {}, asker.shows
    for _, row in ipairs(script.rows(found or newest, { member = member, sees = asker.sees_shadow_bans, most = shows })) do
      local one = as_case(row)
      local what = one.undoes and "undo of " .. one.undoes or wording.noun(one.action)
      lines[#lines + 1] = ("%d: %s%s%s, %s, by %s: %s%s"):format(one.number, what, member and "" or " of " .. people.name(one.member),
        one.duration_s and " for " .. wording.span(one.duration_s) or "", wording.moment(one.at, asker.now), by(asker, one),
        shown(one.reason, 80), one.undone_by and " (undone)" or "")
    end
    if not lines[1] then
      return member and ("There is no case of %s."):format(name) or "There is no case."
    end
    table.insert(lines, 1, member and ("%s of %s, the newest first:"):format(wording.count(total, "case"):gsub("^%l", string.upper), name)
      or "The newest cases:")
    if member and total > shows then
      lines[#lines + 1] = ("%d more: decorum report %s member member=%d"):format(total - shows, shared.database, member)
    end
    return lines
  end

  -- What the messages of the score added to it, those that added most first.
  local function score_line(decision, now)
    local parts, drama = {}, nil
    for _, score, at, toxicity, contribution in terms_of:rows(decision, TERMS_MOST) do
      drama = score
      parts[#parts + 1] = ("%.2f at %s (+%.2f)"):format(toxicity, wording.moment(at, now), contribution)
    end
    return parts[1] and ("Drama %.2f is made of: %s."):format(drama, table.concat(parts, ", "))
  end

  -- What a verdict about minors says is not for everybody, as is what was said.
  local function judged_line(asker, decision)
    local source, toxicity, categories, verdict, rule, confidence, explanation = judged_by:row(decision)
    if not source then
      return nil
    end
    local line = ("The message was judged by the %s: %s%s."):format(source, toxicity and ("%.2f"):format(toxicity) or "not at all",
      categories and categories ~= "{}" and " " .. shown(categories, 100) or "")
    if verdict then
      explanation = (asker.sees_minors or (rule or ""):lower() ~= "minors") and explanation
      line = ("%s A %s's verdict: %s, %d %% sure%s."):format(line, verdict, rule and shown(rule, 40) or "no violation", confidence,
        explanation and ": " .. shown(explanation, 120) or "")
    end
    return line
  end

  local function why(asker, arguments, command)
    local number = needed_number(asker, arguments, command)
    if not number then
      return false
    end
    local found = case(asker, number)
    local lines = whole(asker, found)
    lines = { lines[1], lines[2] }
    local decision, at, policy, mode, rule, description, explanation = decision_of:row(found.decision)
    if not decision then
      lines[3] = "A person decided it; no policy and no score had a part in it."
      return lines
    end
    lines[3] = ("The policy %s decided it at %s, and its mode was %s."):format(shown(policy, 64), wording.moment(at, asker.now), mode)
    if rule then
      lines[#lines + 1] = ("Rule: %s%s"):format(shown(tostring(rule), 40), description and ": " .. shown(description, 160) or "")
    end
    lines[#lines + 1] = "How it came to it: " .. shown(explanation:gsub("\n", "; "), 300)
    lines[#lines + 1] = judged_line(asker, decision)
    lines[#lines + 1] = score_line(decision, asker.now)
    if asker.rank > 0 then
      lines[#lines + 1] = ("All of it: decorum report %s explain case=%d"):format(shared.database, number)
    end
    return lines
  end

  local function reason(asker, arguments, command)
    local number = needed_number(asker, arguments, command)
    local text = arguments:words() or shared.refuse_usage(command, "say the reason")
    case(asker, number)
    add_note:run(number, asker.now, asker.key, text)
    return ("Case %d is now for: %s. What was said first is kept."):format(number, shown(text))
  end

  return {
    { name = "case", rank = 0, usage = "CASE", privately = "unless moderators", run = show_case,
      help = "Shows a case: what was done, by whom, why, and what came of it. Members may ask about their own." },
    { name = "cases", rank = 1, usage = "[@WHO]", help = "Lists somebody's cases, or the newest of all.", run = cases },
    { name = "why", rank = 0, usage = "CASE", privately = "unless moderators", run = why,
      help = "Explains a case: the rule, the policy, the score and what made it. Members may ask about their own." },
    { name = "reason", rank = 1, usage = "CASE REASON", help = "Says anew what a case is for.", run = reason },
  }
end
