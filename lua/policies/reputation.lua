-- reputation: who is trusted is looked at less, who is not is looked at more.
--
-- A hostile message goes to a person: of the trusted only the worst, of those of low reputation already a heated one. Members of
-- very low reputation lose their links. Nobody is sanctioned for a reputation alone: it decides who looks, and how soon.

local function band(f, p)
  return f.reputation > p.trusted and "trusted" or f.reputation < p.very_low and "very_low"
    or f.reputation < p.low and "low" or "usual"
end

local function needs_review(f, p)
  return f.toxicity >= p["review_" .. band(f, p)] and f.in_review == 0 and f.reviews_waiting < p.waiting
end

return policy {
  id = "reputation",
  version_note = "reviews and limits by reputation",
  params = {
    trusted = 70, low = 30, very_low = 10,               -- reputation: above it, below it, below it
    review_trusted = 0.9, review_usual = 0.7,            -- toxicity of a message that a person should see
    review_low = 0.5, review_very_low = 0.3,
    waiting = 3,                                         -- reviews of a member's that may wait at a time
  },
  needs = { "reputation", "toxicity", "links", "reviews_waiting", "in_review", "immune", "muted" },
  guards = {
    { "immune", fact = "immune" },
    { "muted", fact = "muted" },
  },
  signals = {
    { "review", function(f, p)
      return needs_review(f, p) and 1 or 0
    end, "a message of {toxicity:.2f} at a reputation of {reputation:d}" },
    { "links", function(f, p)
      return f.links > 0 and band(f, p) == "very_low" and 2 or 0
    end, "a link at a reputation of {reputation:d}" },
  },
  ladder = {
    { at = 1, action = "flag" },
    { at = 2, action = "delete", rule = "reputation", severity = "none" }, -- which counts for nothing later
  },
  decide = function(f, d, p)
    d.review = needs_review(f, p)
    return d
  end,
  tests = {
    { "a usual member's harsh word is left to others", { toxicity = 0.69 }, { action = "none", review = 0 } },
    { "a usual member's insult is looked at", { toxicity = 0.7 }, { action = "flag", review = 1 } },
    { "70 is usual", { reputation = 70, toxicity = 0.7 }, { action = "flag" } },
    { "71 is trusted", { reputation = 71, toxicity = 0.89 }, { action = "none" } },
    { "the worst of the trusted is looked at", { reputation = 71, toxicity = 0.9 }, { action = "flag" } },
    { "30 is usual", { reputation = 30, toxicity = 0.69 }, { action = "none" } },
    { "29 is low", { reputation = 29, toxicity = 0.5 }, { action = "flag", review = 1,
      reason = "a message of 0.50 at a reputation of 29" } },
    { "and 0.49 is too little", { reputation = 29, toxicity = 0.49 }, { action = "none" } },
    { "10 is low", { reputation = 10, toxicity = 0.49, links = 1 }, { action = "none" } },
    { "9 is very low: no links, which is no offence", { reputation = 9, links = 1 }, { action = "delete", review = 0, severity = "none" } },
    { "and a heated message is looked at", { reputation = 9, toxicity = 0.3 }, { action = "flag", review = 1 } },
    { "both: deleted and looked at", { reputation = 9, toxicity = 0.3, links = 1 }, { action = "delete", review = 1 } },
    { "a reputation of 0 alone is nothing", { reputation = 0, toxicity = 0.29 }, { action = "none", review = 0 } },
    { "others' links stay", { reputation = 10, links = 9 }, { action = "none" } },
    { "what waits already is not asked for again", { toxicity = 1, in_review = 1 }, { action = "none", review = 0 } },
    { "nor more than three at a time", { toxicity = 1, reviews_waiting = 3 }, { action = "none", review = 0 } },
    { "two may wait", { toxicity = 1, reviews_waiting = 2 }, { action = "flag" } },
    { "immune members are left alone", { reputation = 0, toxicity = 1, links = 1, immune = 1 }, { action = "none" } },
    { "who is muted is not punished twice", { reputation = 0, toxicity = 1, links = 1, muted = 1 }, { action = "none" } },
  },
}
