-- The facts of a member about whom there is nothing to say: who has been here for long, and says something that nobody
-- said before. A policy's test states the facts it is about; the others have these values. A fact that is not here is NULL.
local null = ...

return {
  now = 1700000000, -- 2023-11-14 22:13:20 UTC

  -- Drama
  drama = 0,
  drama_messages = "[]",
  toxicity = 0,
  categories = null,
  incidents = "[]",

  -- Sanctions
  warned = 0,
  warned_at = null,
  offences = 0,
  last_action = null,
  last_action_at = null,
  last_warning_at = null,
  last_offence_at = null,
  warn_cooldown_s = 300,
  warn_allowed = 1,
  muted = 0,
  immune = 0,
  rank = 0,
  slowed = 0,

  -- What is said, and how often
  recent_messages = 1,
  repeats = 1,
  repeats_by_others = 0,
  links = 0,
  member_age_s = 31536000, -- a year
  member_messages = 100,
  arrivals = 0,

  -- Off topic
  is_off_topic = null,
  topic = null,
  off_topic = 0,
  last_reminder_at = null,
  reminder_allowed = 1,
  owner_notified = 0,
  owner_due = 0,

  -- Coherence
  coherence = null,
  coherence_flag = null,
  coherence_baseline = 0.85,
  coherence_drop = null,
  coherence_alert_allowed = 1,
  coherence_scores = "[]",

  -- Reputation, flags, the newest verdict
  reputation = 50,
  flags = 0,
  verdict = null,
  verdict_violation = null,
  verdict_rule = null,
  verdict_severity = null,
  verdict_confidence = null,
  rule_severity = null,
  rule_exempt = 0,
  reviews_waiting = 0,
  in_review = 0,

  -- Models
  sampled_p = 0.26,
  sampled = null,
  analysis_allowed = 1,
  second_model = 0,

  -- What people and models keep about the member
  notes = "[]",
  profile = null,
  aliases = "[]",
}
