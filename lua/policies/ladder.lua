-- ladder: first a warning, then mutes that grow longer.
--
-- A member is warned when the drama score reaches `warn`, or a single message reaches `spike_warn`.
-- Who was warned and goes on is muted at `mute` or `spike_mute`; who was not is warned there too. Mutes
-- last 30 minutes, 1, 2 and 4 hours, by the offences before.

-- Bad enough for a mute? The threshold is lower for the warned.
local function severe(f, p)
  local lower = f.warned ~= 0 and p.warned_discount or 0
  return f.drama >= p.mute - lower or f.toxicity >= p.spike_mute
end

local warned_lately = cooldown("last_warning_at", "warn_cooldown_s")

return policy {
  id = "ladder",
  version_note = "warn, then mute for 30 minutes to 4 hours",
  params = { warn = 0.5, mute = 0.7, spike_warn = 0.6, spike_mute = 0.8, warned_discount = 0.05 },
  needs = { "drama", "toxicity", "warned", "offences", "immune", "muted", "last_warning_at", "warn_cooldown_s", "now" },
  guards = {
    { "immune", fact = "immune" },
    { "muted", fact = "muted" }, -- what was said before the mute took hold
    -- No second warning within the cooldown; a mute does not wait for it.
    { "cooldown", function(f, p)
      return warned_lately(f) and not (f.warned ~= 0 and severe(f, p))
    end },
  },
  signals = {
    { "heat", function(f, p)
      if severe(f, p) then
        return f.warned ~= 0 and 4 or 2
      end
      return (f.drama >= p.warn or f.toxicity >= p.spike_warn) and 2 or 0
    end, "drama {drama:.2f}, this message {toxicity:.2f}" },
    { "repeat", function(f, p)
      return f.warned ~= 0 and severe(f, p) and f.offences or 0
    end, "{points} recent offences" },
  },
  ladder = {
    { at = 2, action = "warn" },
    { at = 4, action = "mute", durations = { minutes(30), hours(1), hours(2), hours(4) } },
  },
  tests = {
    { "calm members are left alone", { drama = 0.49, toxicity = 0.59 }, { action = "none" } },
    { "drama 0.5 is a warning", { drama = 0.5 }, { action = "warn", points = 2 } },
    { "a single message of 0.6 is a warning", { toxicity = 0.6 }, { action = "warn" } },
    { "who was not warned is not muted", { drama = 0.9, toxicity = 0.95 }, { action = "warn" } },
    { "the warned are muted at 0.65", { drama = 0.65, warned = 1 }, { action = "mute", duration_s = 1800 } },
    { "the warned are not muted below it", { drama = 0.64, warned = 1 }, { action = "warn" } },
    { "a single message of 0.8 mutes the warned", { toxicity = 0.8, warned = 1 }, { action = "mute" } },
    { "a second offence is an hour", { drama = 0.7, warned = 1, offences = 1 }, { action = "mute", duration_s = 3600 } },
    { "a fifth offence is four hours", { drama = 0.7, warned = 1, offences = 4 }, { action = "mute", duration_s = 14400 } },
    { "immune members are left alone", { drama = 1, toxicity = 1, warned = 1, immune = 1 }, { action = "none" } },
    { "who is muted is not punished twice", { drama = 1, warned = 1, muted = 1 }, { action = "none" } },
    { "no second warning within five minutes", { drama = 0.6, warned = 1, now = 1000, last_warning_at = 700 }, { action = "none" } },
    { "a warning again after them", { drama = 0.6, warned = 1, now = 1000, last_warning_at = 699 }, { action = "warn" } },
    { "a mute does not wait", { drama = 0.7, warned = 1, now = 1000, last_warning_at = 999 }, { action = "mute" } },
    { "a mute does not count as a warning", { drama = 0.9, offences = 1 }, { action = "warn" } },
  },
}
