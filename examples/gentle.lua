-- gentle: a softer ladder, as an example of a policy without code of its own. Points are added up: a drama
-- score from 0.55 gives 2, from 0.8 gives 3, and each recent offence 1 more; 2 are a warning, 4 a mute.
return policy {
  id = "gentle",
  needs = { "drama", "offences", "immune", "muted", "last_warning_at", "now" },
  guards = {
    { "immune", fact = "immune" },
    { "muted", fact = "muted" },
    { "cooldown", cooldown("last_warning_at", minutes(5)) },
  },
  signals = {
    { "drama", fact = "drama", bands = { { 0.55, 2 }, { 0.8, 3 } }, "drama {drama:.2f}" },
    { "repeat", function(f) return f.drama >= 0.55 and f.offences or 0 end, "{points} recent offences" },
  },
  ladder = {
    { at = 2, action = "warn" },
    { at = 4, action = "mute", durations = { minutes(10), minutes(30), hours(1) } },
  },
  tests = {
    { "heat below 0.55 passes", { drama = 0.54, offences = 3 }, { action = "none" } },
    { "0.55 is a warning", { drama = 0.55 }, { action = "warn", reason = "drama 0.55" } },
    { "0.8 after an offence is a mute", { drama = 0.8, offences = 1 }, { action = "mute", duration_s = 1800 } },
    { "nobody immune is touched", { drama = 1, immune = 1 }, { action = "none" } },
    { "five minutes between warnings", { drama = 0.7, now = 1000, last_warning_at = 700 }, { action = "none" } },
  },
}
