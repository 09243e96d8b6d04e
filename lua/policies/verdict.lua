-- verdict: what follows from a judgement by the rules.
--
-- A violation of which the model (or the pattern) is less than 40 % sure is nothing; up to 59 it is kept in the trace and
-- nobody is bothered; from 60 on a person looks; from 85 on, where it is severe, the message is deleted as well. It counts as
-- severe as the verdict says and at most as severe as the rule does. A verdict that names no rule of this community, or no
-- severity, is a mistake of who judged: it is kept and nothing is done.

local rank = { low = 1, medium = 2, high = 3, critical = 4 }

local function valid(f)
  return rank[f.verdict_severity] ~= nil and rank[f.rule_severity] ~= nil
end

local function severe(f)
  return math.min(rank[f.verdict_severity], rank[f.rule_severity]) >= rank.high
end

-- For the tests: the facts of such a verdict about a rule of such a severity.
local function verdict(confidence, severity, rule_severity, more)
  local facts = { verdict_violation = 1, verdict_rule = "hate", verdict_confidence = confidence, verdict_severity = severity,
    rule_severity = rule_severity }
  for name, value in pairs(more or {}) do
    facts[name] = value
  end
  return facts
end

return policy {
  id = "verdict",
  version_note = "review from 60, delete severe violations from 85",
  params = { log = 40, review = 60, delete = 85 }, -- confidence, 0 to 100
  needs = { "verdict_violation", "verdict_rule", "verdict_severity", "verdict_confidence", "rule_severity", "rule_exempt", "in_review",
    "immune", "muted" },
  guards = {
    { "no verdict", function(f)
      return f.verdict_violation == nil
    end },
    { "no violation", function(f)
      return f.verdict_violation == 0
    end },
    { "exempt", fact = "rule_exempt" },
    { "immune", fact = "immune" },
    { "muted", fact = "muted" },
  },
  signals = {
    { "invalid", function(f)
      return valid(f) and 0 or 0.5
    end, "not a verdict by a rule of ours: {verdict_rule}, {verdict_severity}" },
    { "confidence", function(f, p)
      if not valid(f) or f.verdict_confidence < p.log then
        return 0
      end
      return f.verdict_confidence < p.review and 1 or f.verdict_confidence >= p.delete and severe(f) and 3 or 2
    end, "the rule on {verdict_rule}: {verdict_severity}, {verdict_confidence} % sure" },
  },
  ladder = {
    { at = 2, action = "flag" },
    { at = 3, action = "delete" },
  },
  decide = function(f, d)
    if d.action ~= "none" then
      d.rule, d.severity = f.verdict_rule, rank[f.verdict_severity] < rank[f.rule_severity] and f.verdict_severity or f.rule_severity
      d.review = f.in_review == 0
    end
    return d
  end,
  tests = {
    { "nobody was asked", {}, { action = "none", review = 0 } },
    { "no violation, however sure", verdict(99, "high", "high", { verdict_violation = 0 }), { action = "none", review = 0 } },
    { "39 is nothing", verdict(39, "critical", "critical"), { action = "none", points = 0 } },
    { "40 is kept, and nobody is bothered", verdict(40, "critical", "critical"), { action = "none", points = 1, review = 0,
      reason = "the rule on hate: critical, 40 % sure" } },
    { "so is 59", verdict(59, "critical", "critical"), { action = "none", points = 1, review = 0 } },
    { "60 is for a person", verdict(60, "low", "high"), { action = "flag", review = 1, rule = "hate", severity = "low" } },
    { "84 too, also if severe", verdict(84, "critical", "critical"), { action = "flag", review = 1 } },
    { "85 and high is deleted", verdict(85, "high", "critical"), { action = "delete", review = 1, severity = "high" } },
    { "85 and critical too", verdict(85, "critical", "critical"), { action = "delete", severity = "critical" } },
    { "85 and medium is not", verdict(85, "medium", "critical"), { action = "flag" } },
    { "no severer than the rule", verdict(100, "critical", "medium"), { action = "flag", severity = "medium" } },
    { "what waits already is not asked for again", verdict(85, "high", "high", { in_review = 1 }), { action = "delete", review = 0 } },
    { "where the rule does not hold", verdict(100, "critical", "critical", { rule_exempt = 1 }), { action = "none" } },
    { "a rule that there is not", verdict(100, "critical", nil), { action = "none", points = 0.5, review = 0 } },
    { "a severity that there is not", verdict(100, "dreadful", "high"), { action = "none", points = 0.5, review = 0 } },
    { "immune members are left alone", verdict(100, "critical", "critical", { immune = 1 }), { action = "none" } },
    { "who is muted is not punished twice", verdict(100, "critical", "critical", { muted = 1 }), { action = "none" } },
  },
}
