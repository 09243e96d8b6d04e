-- The facts of a member about whom there is nothing to say. A policy's test states the facts it is
-- about; the others have these values. A fact that is not here is NULL.
return {
  drama = 0,
  toxicity = 0,
  warned = 0,
  offences = 0,
  muted = 0,
  immune = 0,
  rank = 0,
  now = 1700000000,
  warn_cooldown_s = 300,
}
