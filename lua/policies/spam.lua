-- spam: the same again and again, too much at once, newcomers who all say the same, a newcomer's many links, raids.
--
-- It counts; no scorer and no model has a say. Spam is deleted; the next time the channel is slowed down as well; who goes on
-- is kept from talking for 5 and 15 minutes, 1 and 4 hours, by the offences before, and at once if it is spam in two ways, or
-- a newcomer's in a raid. Where many newcomers come and do not spam, only the channel is slowed down, which is held against
-- nobody. See spam.md.

local function newcomer(f, p)
  return f.member_age_s < p.newcomer_s
end

local function raid(f, p)
  return newcomer(f, p) and f.arrivals >= p.raid
end

-- In one breath, or a message a minute, or after a sanction: who asks again a few minutes later is no spammer.
local function repeats(f, p)
  return f.repeats >= p.repeats and (f.recent_messages >= p.repeats or f.last_action ~= nil) or f.repeats >= p.repeats_slow
end

local function burst(f, p)
  return f.recent_messages >= (newcomer(f, p) and p.burst_newcomer or p.burst)
end

local function chorus(f, p)
  return newcomer(f, p) and f.repeats_by_others >= p.chorus
end

local function links(f, p)
  return newcomer(f, p) and f.links >= (raid(f, p) and 1 or p.links)
end

local function spam(f, p)
  return repeats(f, p) or burst(f, p) or chorus(f, p) or links(f, p)
end

local function worth(points, holds)
  return function(f, p)
    return holds(f, p) and points or 0
  end
end

-- What was done to the member lately, a raid's slowmode apart: spam comes one rung higher each time.
local before = { warn = 1, delete = 1, slowmode = 2, mute = 2, timeout = 2, kick = 2 }

return policy {
  id = "spam",
  version_note = "delete, slow the channel down, then timeouts of 5 minutes to 4 hours",
  params = {
    repeats = 5,         -- messages that say the same, within the burst window (10 s)...
    repeats_slow = 10,   -- ...or within the repeat window (10 minutes)
    burst = 20,          -- messages within the burst window...
    burst_newcomer = 12, -- ...of a newcomer
    chorus = 3,          -- other members who say the same as a newcomer, within the repeat window
    links = 5,           -- in one message of a newcomer; in a raid, one
    raid = 10,           -- newcomers who come within a minute
    newcomer_s = 600,    -- seconds since the first message, and no longer a newcomer
  },
  needs = { "recent_messages", "repeats", "repeats_by_others", "links", "member_age_s", "arrivals", "slowed", "last_action",
    "offences", "immune", "muted" },
  guards = {
    { "immune", fact = "immune" },
    { "muted", fact = "muted" }, -- what was said before it took hold
  },
  signals = {
    { "repeat", worth(2, repeats), "the same {repeats} times" },
    { "burst", worth(2, burst), "{recent_messages} messages at once" },
    { "chorus", worth(2, chorus), "the same as {repeats_by_others} others" },
    { "links", worth(2, links), "{links} links in a newcomer's message" },
    { "raid", function(f, p)
      if not raid(f, p) then
        return 0
      end
      return spam(f, p) and 2 or f.slowed == 0 and 2.5 or 0 -- a channel is slowed down once
    end, "{arrivals} newcomers came within a minute" },
    { "again", function(f, p)
      local points = before[f.last_action] or 0
      if points == 0 or not spam(f, p) then
        return 0
      end
      return points == 1 and f.slowed ~= 0 and 2 or points -- past the slowmode that is in force
    end, "and not for the first time" },
  },
  ladder = {
    { at = 2, action = "delete", rule = "spam" },
    { at = 2.5, action = "slowmode", duration = minutes(10), rule = "raid", severity = "none" }, -- no offence of who came then
    { at = 3, action = "slowmode", duration = minutes(10), rule = "spam" },
    { at = 4, action = "timeout", durations = { minutes(5), minutes(15), hours(1), hours(4) }, rule = "spam" },
  },
  tests = {
    { "asking again after a while is no spam", { repeats = 9, recent_messages = 4 }, { action = "none" } },
    { "five times in one breath is", { repeats = 5, recent_messages = 5 }, { action = "delete", reason = "the same 5 times" } },
    { "five of which four were said before is not", { repeats = 5, recent_messages = 4 }, { action = "none" } },
    { "nor is four times", { repeats = 4, recent_messages = 11 }, { action = "none" } },
    { "after a sanction slower ones count too", { repeats = 5, recent_messages = 1, last_action = "warn" }, { action = "slowmode" } },
    { "a message a minute, the same ten times, is", { repeats = 10, recent_messages = 1 }, { action = "delete" } },
    { "a pasted error of 19 lines is no spam", { recent_messages = 19, member_age_s = 600 }, { action = "none" } },
    { "twenty messages at once are", { recent_messages = 20, member_age_s = 600 }, { action = "delete" } },
    { "a newcomer's eleven are not", { recent_messages = 11, member_age_s = 599 }, { action = "none" } },
    { "a newcomer's twelve are", { recent_messages = 12, member_age_s = 599 }, { action = "delete" } },
    { "spam in two ways is a timeout at once", { repeats = 12, recent_messages = 12, member_age_s = 0 },
      { action = "timeout", duration_s = 300 } },
    { "newcomers who say the same", { repeats_by_others = 3, member_age_s = 0 }, { action = "delete" } },
    { "two others may have the same question", { repeats_by_others = 2, member_age_s = 0 }, { action = "none" } },
    { "whom people know may say it too", { repeats_by_others = 9 }, { action = "none" } },
    { "a newcomer's four links are none too many", { links = 4, member_age_s = 0 }, { action = "none" } },
    { "five are", { links = 5, member_age_s = 0 }, { action = "delete" } },
    { "others may give five", { links = 5 }, { action = "none" } },
    { "in a raid one is too many", { links = 1, member_age_s = 0, arrivals = 10 }, { action = "timeout" } },
    { "nine newcomers a minute are no raid", { links = 1, member_age_s = 0, arrivals = 9 }, { action = "none" } },
    { "a calm newcomer in a raid: the channel is slowed down", { member_age_s = 0, arrivals = 10 },
      { action = "slowmode", duration_s = 600, rule = "raid", severity = "none", reason = "10 newcomers came within a minute" } },
    { "once", { member_age_s = 0, arrivals = 10, slowed = 1 }, { action = "none" } },
    { "who was there before the raid is no part of it", { arrivals = 50, links = 1 }, { action = "none" } },
    { "spam after a deletion slows the channel down", { repeats = 5, recent_messages = 5, last_action = "delete" },
      { action = "slowmode", duration_s = 600, rule = "spam", severity = null } },
    { "if it is not slowed down already", { repeats = 5, recent_messages = 5, last_action = "delete", slowed = 1 },
      { action = "timeout", duration_s = 300 } },
    { "spam after that is a timeout", { repeats = 5, recent_messages = 5, last_action = "slowmode" },
      { action = "timeout", duration_s = 300 } },
    { "after one offence it lasts longer", { repeats = 5, recent_messages = 5, last_action = "timeout", offences = 1 },
      { action = "timeout", duration_s = 900 } },
    { "and at most four hours", { repeats = 5, recent_messages = 5, last_action = "mute", offences = 9 },
      { action = "timeout", duration_s = 14400 } },
    { "what was done before is no spam by itself", { last_action = "timeout", offences = 3 }, { action = "none", points = 0 } },
    { "immune members are left alone", { repeats = 20, recent_messages = 20, immune = 1 }, { action = "none" } },
    { "who is kept from talking is not punished twice", { repeats = 20, recent_messages = 20, muted = 1 }, { action = "none" } },
  },
}
