-- topic: who leaves the topic is reminded of it, and the owner hears of it at the third reminder.
--
-- A reminder is a strike; what is said within the cooldown after it is none. Strikes end after topic_reset_minutes without one,
-- or when somebody resets them. Nobody is sanctioned for leaving the topic.

return policy {
  id = "topic",
  version_note = "reminders, and word to the owner at the third",
  params = { strikes = 3 }, -- reminders until the owner is told
  needs = { "is_off_topic", "topic", "off_topic", "reminder_allowed", "owner_notified", "immune", "muted" },
  guards = {
    { "immune", fact = "immune" },
    { "muted", fact = "muted" },
  },
  decide = function(f, d, p)
    if f.off_topic >= p.strikes and f.owner_notified == 0 then
      d.action, d.rule, d.reason = "notify", "topic_owner", ("off topic %d times"):format(f.off_topic)
    elseif f.is_off_topic == 1 and f.reminder_allowed == 1 then
      d.action, d.rule = "notify", "topic"
      d.reason = f.topic and ("off topic: %s"):format(f.topic) or "off topic"
    end
    return d
  end,
  tests = {
    { "on topic", { is_off_topic = 0 }, { action = "none" } },
    { "nobody was asked", {}, { action = "none" } },
    { "off topic is a reminder", { is_off_topic = 1, topic = "cars" }, { action = "notify", rule = "topic", reason = "off topic: cars" } },
    { "without a topic too", { is_off_topic = 1 }, { action = "notify", rule = "topic", reason = "off topic" } },
    { "no second reminder within the cooldown", { is_off_topic = 1, off_topic = 1, reminder_allowed = 0 }, { action = "none" } },
    { "a second after it", { is_off_topic = 1, off_topic = 1 }, { action = "notify", rule = "topic" } },
    { "after two the owner is not told", { is_off_topic = 0, off_topic = 2 }, { action = "none" } },
    { "after three the owner is, with the next message", { is_off_topic = 0, off_topic = 3, reminder_allowed = 0 },
      { action = "notify", rule = "topic_owner", reason = "off topic 3 times" } },
    { "once", { is_off_topic = 0, off_topic = 3, owner_notified = 1 }, { action = "none" } },
    { "and reminders go on", { is_off_topic = 1, off_topic = 3, owner_notified = 1 }, { action = "notify", rule = "topic" } },
    { "immune members are left alone", { is_off_topic = 1, off_topic = 3, immune = 1 }, { action = "none" } },
    { "who is muted is not reminded", { is_off_topic = 1, muted = 1 }, { action = "none" } },
  },
}
