-- assistant_abuse: proposes to limit what the bot gives a member who goes on abusing, whatever was tried before.
--
-- A proposal only: it becomes a review, and a person decides, as about everything that removes. It takes all of: several offences lately, a
-- very low reputation, flags by other members, and a hostile message now. Off unless somebody turns it on, and of no use where
-- shadow_ban_mode is off.

-- For the tests: who has earned it, but for what is changed.
local function abuser(changed)
  local facts = { toxicity = 0.6, offences = 2, reputation = 10, flags = 3 }
  for name, value in pairs(changed) do
    facts[name] = value
  end
  return facts
end

return policy {
  id = "assistant_abuse",
  version_note = "proposes a shadow ban of 15 days",
  params = {
    offences = 2,     -- mutes and stronger, lately
    reputation = 10,  -- at most
    flags = 3,        -- by other members
    toxicity = 0.6,   -- of this message
    days = 15,        -- that the limits take to grow
  },
  needs = { "toxicity", "offences", "reputation", "flags", "reviews_waiting", "immune", "muted" },
  guards = {
    { "immune", fact = "immune" },
    { "muted", fact = "muted" },
    { "review waits", fact = "reviews_waiting" }, -- a person looks at this member already
  },
  decide = function(f, d, p)
    if f.offences >= p.offences and f.reputation <= p.reputation and f.flags >= p.flags and f.toxicity >= p.toxicity then
      d.action, d.duration_s = "shadow_ban", days(p.days)
      d.reason = ("hostile again (%.2f) after %d recent offences, %d flags, a reputation of %d"):format(
        f.toxicity, f.offences, f.flags, f.reputation)
    end
    return d
  end,
  tests = {
    { "nothing to say", {}, { action = "none" } },
    { "all of it is a proposal", abuser {}, { action = "shadow_ban", duration_s = 1296000,
      reason = "hostile again (0.60) after 2 recent offences, 3 flags, a reputation of 10" } },
    { "one offence is too little", abuser { offences = 1 }, { action = "none" } },
    { "a reputation of 11 is too good", abuser { reputation = 11 }, { action = "none" } },
    { "two flags are too few", abuser { flags = 2 }, { action = "none" } },
    { "a milder message is no reason", abuser { toxicity = 0.59 }, { action = "none" } },
    { "a reputation alone is none", { reputation = 0 }, { action = "none" } },
    { "flags alone are none", { flags = 100 }, { action = "none" } },
    { "not twice: a review waits", abuser { reviews_waiting = 1 }, { action = "none" } },
    { "immune members are left alone", abuser { immune = 1 }, { action = "none" } },
    { "who is muted is not punished twice", abuser { muted = 1 }, { action = "none" } },
  },
}
