--- What members and moderators are told, in words, when a call of the outbox is made.
--
--     local words = require("decorum.notice").words(db)
--     words { call = "warn", case_no = 12, member = 7, now = now }
--         -- This is a warning: drama 0.68, this message 0.83. It was automatic, by the policy ladder@1 (case 12). To object:
--         -- !appeal 12 WHY
--     words { call = "say", review = 3, now = now }             -- Review 3: flag HARASSMENT about ann in #lobby; !queue 3
--
-- nil: nothing is to be said. Calls that do something and say nothing (mute, kick...) are given the reason, for a platform's own
-- log. A notice is one line; where others read it, the adapter says first whom it is to, as its platform does that. Members are
-- told which rule, why, whether it was automatic, until when, the number of the case and how to object, and not which moderator it
-- was. Moderators are told no text of a message.

local wording = require "decorum.wording"

local notice = {}

local REASON_MOST, RULE_MOST = 120, 110 -- bytes: a line of IRC has about 400

-- What the member is told was done.
local TOLD = {
  warn = "This is a warning", delete = "Your message%s was removed", slowmode = "Slow mode holds%s %s",
  mute = "You are muted %s", timeout = "You are timed out %s", kick = "You are removed from here, and may come back",
  ban = "You are banned %s", shadow_ban = "Your use of this bot is limited",
}

-- And where the platform cannot do it.
local TOLD_INSTEAD = {
  delete = "Your message%s breaks the rules, and would be removed if it could be", slowmode = "Please write slowly%s %s",
}

-- What moderators are told a policy did; %s is the member.
local DONE = {
  warn = "Warned %s", delete = "Removed a message of %s", slowmode = "Slow mode after a message of %s", mute = "Muted %s",
  timeout = "Timed out %s", kick = "Kicked %s", ban = "Banned %s", shadow_ban = "Shadow banned %s",
}

local DONE_INSTEAD = {
  delete = "Told %s that a message breaks the rules, as none can be removed",
  slowmode = "Asked %s to write slowly, as there is no slow mode",
}

-- And what it would have done.
local WOULD = {
  warn = "have warned %s", delete = "have removed a message of %s", slowmode = "have set slow mode after a message of %s",
  mute = "have muted %s", timeout = "have timed out %s", kick = "have asked whether to kick %s", ban = "have asked whether to ban %s",
  shadow_ban = "have asked whether to shadow ban %s",
}

-- What is undone, to the member.
local UNDONE = {
  warn = "your warning", delete = "the removal of your message", slowmode = "slow mode", mute = "your mute",
  timeout = "your timeout", kick = "your removal", ban = "your ban", shadow_ban = "the limit on your use of this bot",
}

-- Calls that say something; the others take a reason with them, for a platform's own log.
local speaks = { warn = true, dm = true, reply = true }

---@class Owed a row of the table outbox, and when it is made
---@field call string
---@field case_no integer?
---@field decision integer?
---@field review integer?
---@field notification integer?
---@field member integer?
---@field platform string?
---@field text string? what is said in answer to a command, as it is
---@field now number

---@param db any
---@param prefix string? before a command's name: "!" unless given
---@param can table<string, boolean|string>? what the platform can do (true), or does instead; all of it unless given
---@return fun(owed: Owed): string?
function notice.words(db, prefix, can)
  prefix = prefix or "!"
  local told, done = setmetatable({}, { __index = TOLD }), setmetatable({}, { __index = DONE })
  for action in pairs(TOLD_INSTEAD) do
    if can and can[action] ~= true then
      told[action], done[action] = TOLD_INSTEAD[action], DONE_INSTEAD[action]
    end
  end
  local shown, named = wording.shower(db), wording.namer(db)
  local case_of = db:prepare [[
    SELECT sanction.action, sanction.member, member.name, sanction.duration_s, sanction.ends_at, case_reason.reason, sanction.policy,
      sanction.moderator, sanction.undoes, decision.rule, rule.description, channel.name, undone.action
    FROM sanction JOIN case_reason USING (case_no) JOIN member ON member.id = sanction.member
      LEFT JOIN sanction AS undone ON undone.case_no = sanction.undoes
      LEFT JOIN decision ON decision.id = sanction.decision LEFT JOIN rule ON rule.name = decision.rule
      LEFT JOIN message ON message.id = sanction.message LEFT JOIN channel ON channel.id = message.channel
    WHERE sanction.case_no = ?]]
  local decision_of = db:prepare [[
    SELECT action, member.name, duration_s, reason, policy, channel.name FROM decision JOIN member ON member.id = decision.member
      JOIN message ON message.id = decision.message JOIN channel ON channel.id = message.channel
    WHERE decision.id = ?]]
  local review_of = db:prepare [[
    SELECT member.name, review.reason, review.outcome, channel.name, appeal.case_no, decision.action, decision.policy,
      coalesce(flag.type = 'CHILD_SAFETY', 0) OR coalesce(verdict.rule = 'minors' COLLATE NOCASE, 0)
        OR coalesce(decision.rule = 'minors' COLLATE NOCASE, 0)
    FROM review JOIN member ON member.id = review.member
      LEFT JOIN message ON message.id = review.message LEFT JOIN channel ON channel.id = message.channel
      LEFT JOIN appeal ON appeal.id = review.appeal LEFT JOIN flag ON flag.id = review.flag
      LEFT JOIN verdict ON verdict.id = review.verdict LEFT JOIN decision ON decision.id = review.decision
    WHERE review.id = ?]]
  local notification_of = db:prepare [[
    SELECT notification.kind, member.name, details ->> 'current', details ->> 'baseline', decision.reason, decision.policy, channel.name,
      (SELECT topic FROM assessment WHERE assessment.message = notification.message ORDER BY seq DESC LIMIT 1)
    FROM notification JOIN member ON member.id = notification.member LEFT JOIN decision ON decision.id = notification.decision
      LEFT JOIN message ON message.id = notification.message LEFT JOIN channel ON channel.id = message.channel
    WHERE notification.id = ?]]

  local function in_channel(channel)
    return channel and " in " .. shown(channel, 64) or ""
  end

  local function span(duration_s)
    return duration_s and " for " .. wording.span(duration_s) or ""
  end

  -- By whom, to the member.
  local function by(policy, moderator)
    local name = policy and "the policy " .. shown(policy, 64)
    if policy and moderator then
      return ("It was proposed by %s and confirmed by a moderator"):format(name)
    end
    return policy and "It was automatic, by " .. name or "It was done by a moderator"
  end

  local function to_member_of_case(owed)
    local action, _, _, _, ends_at, reason, policy, moderator, undoes, rule, description, channel, undone = case_of:row(owed.case_no)
    if action and not speaks[owed.call] then
      return ("case %d: %s"):format(owed.case_no, shown(reason, REASON_MOST))
    elseif undoes then
      return ("Case %d was undone: %s no longer counts (%s)."):format(undoes, UNDONE[undone], shown(reason, REASON_MOST))
    elseif not told[action] then
      return nil
    end
    local ending = wording.ending(ends_at, owed.now, "until a moderator lifts it")
    local what = (action == "delete" or action == "slowmode") and told[action]:format(in_channel(channel), ending)
      or told[action]:format(ending)
    local parts = { what .. ": " .. shown(reason, REASON_MOST) .. "." }
    if description or type(rule) == "string" then
      parts[2] = "The rule: " .. wording.sentence(shown(description or rule, RULE_MOST))
    end
    parts[#parts + 1] = ("%s (case %d). To object: %sappeal %d WHY"):format(by(policy, moderator), owed.case_no, prefix, owed.case_no)
    return table.concat(parts, " ")
  end

  local function to_moderators_of_case(owed)
    local action, _, name, duration_s, _, reason, policy, _, _, _, _, channel = case_of:row(owed.case_no)
    return done[action] and ("%s%s%s (case %d): %s: %s"):format(done[action]:format(named(name)), span(duration_s), in_channel(channel),
      owed.case_no, shown(policy or "by hand", 64), shown(reason, REASON_MOST))
  end

  local function of_decision(owed)
    local action, name, duration_s, reason, policy, channel = decision_of:row(owed.decision)
    return WOULD[action] and ("Would %s%s%s (%s: %s); observing: %spolicy enforce"):format(WOULD[action]:format(named(name)),
      span(duration_s), in_channel(channel), shown(policy, 64), shown(reason or "no reason given", REASON_MOST), prefix)
  end

  -- To moderators that it waits; to the member that an appeal was in vain.
  local function of_review(owed)
    local name, reason, outcome, channel, appealed, action, policy, is_restricted = review_of:row(owed.review)
    if not name then
      return nil
    elseif owed.call ~= "say" then
      return appealed and outcome == "rejected"
        and ("Your appeal of case %d was looked at by another moderator and rejected: the case stands."):format(appealed) or nil
    end
    local about = named(name) .. in_channel(channel)
    local what = ("%s about %s"):format(shown(reason, REASON_MOST), about)
    if WOULD[action] then
      what = ("whether to %s %s (%s: %s)"):format(action:gsub("_", " "), about, shown(policy, 64), shown(reason, REASON_MOST))
    end
    local for_whom = is_restricted == 1 and "for holders of GUILD_ADMIN and owners alone, at once; " or ""
    return ("Review %d: %s; %s%squeue %d"):format(owed.review, what, for_whom, prefix, owed.review)
  end

  local function of_notification(owed)
    local kind, name, current, baseline, reason, policy, channel, topic = notification_of:row(owed.notification)
    if kind == "topic" then
      return ("Please stay on the topic%s%s."):format(channel and " of " .. shown(channel, 64) or "",
        topic and (" (this was about %s)"):format(shown(topic, 60)) or "")
    elseif kind == "topic_owner" then
      return ("Off topic%s: %s was reminded of the topic three times and goes on."):format(in_channel(channel), named(name))
    elseif kind == "coherence" then
      return ("Unlike themselves%s: %s makes less sense than usual (%.2f, usually %.2f). Is all well?"):format(in_channel(channel),
        named(name), current, baseline)
    end
    return kind and ("For your attention%s: %s: %s: %s"):format(in_channel(channel), named(name), shown(policy or "by hand", 64),
      shown(reason or "no reason given", REASON_MOST))
  end

  return function(owed)
    if owed.text then
      return owed.text
    elseif owed.case_no then
      return (owed.call == "say" and to_moderators_of_case or to_member_of_case)(owed)
    elseif owed.decision then
      return of_decision(owed)
    elseif owed.review then
      return of_review(owed)
    elseif owed.notification then
      return of_notification(owed)
    end
  end
end

return notice
