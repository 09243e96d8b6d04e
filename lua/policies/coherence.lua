-- coherence: word to the moderators when somebody makes much less sense than usual.
--
-- Off unless somebody turns it on. It never sanctions, and asks for no sanction: who is tired, ill or in need has done nothing.

return policy {
  id = "coherence",
  version_note = "alerts only",
  needs = { "coherence", "coherence_baseline", "coherence_drop", "coherence_flag", "coherence_alert_allowed", "immune", "muted" },
  guards = {
    { "immune", fact = "immune" },
    { "muted", fact = "muted" },
  },
  decide = function(f, d)
    if f.coherence_drop and f.coherence_alert_allowed == 1 then -- settings say how great a drop it takes
      d.action, d.rule = "notify", "coherence"
      d.reason = ("coherence %.2f, usually %.2f%s"):format(f.coherence, f.coherence_baseline,
        f.coherence_flag and ": " .. f.coherence_flag or "")
    end
    return d
  end,
  tests = {
    { "nobody was asked", {}, { action = "none" } },
    { "as usual", { coherence = 0.8 }, { action = "none" } },
    { "much below the usual", { coherence = 0.4, coherence_drop = 0.45 },
      { action = "notify", rule = "coherence", reason = "coherence 0.40, usually 0.85", review = 0 } },
    { "with the model's word for it", { coherence = 0.4, coherence_drop = 0.45, coherence_flag = "word salad" },
      { reason = "coherence 0.40, usually 0.85: word salad" } },
    { "lower than usual, and no such drop", { coherence = 0.4, coherence_baseline = 0.7 }, { action = "none" } },
    { "no second alert within the cooldown", { coherence = 0.4, coherence_drop = 0.45, coherence_alert_allowed = 0 }, { action = "none" } },
    { "however great the drop, it is only told", { coherence = 0, coherence_drop = 0.85 }, { action = "notify", review = 0 } },
    { "immune members are left alone", { coherence = 0.4, coherence_drop = 0.45, immune = 1 }, { action = "none" } },
    { "who is muted is left alone", { coherence = 0.4, coherence_drop = 0.45, muted = 1 }, { action = "none" } },
  },
}
