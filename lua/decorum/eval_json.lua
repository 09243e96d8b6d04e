--- What decorum eval found, as JSON for programs.
--
-- One object; its members stand in this order, one a line. Numbers have all their digits; a measure that does not exist
-- is null. SHARE is {"value", "low", "high", "part", "whole"}: part / whole and its Wilson interval of 95 %.
--
--   decorum               version of the program
--   file                  as on the command line
--   scorer                "toxicity(text)", or null for a column
--   columns               {"text", "label", "score"}: names; score is null for the scorer
--   positive              the label that --positive names
--   rows                  {"read", "used", "positives", "negatives", "skipped"}, the last {"label", "text", "score"}: without one
--   threshold             what has at least this score is flagged
--   confusion             {"true_positives", "false_positives", "false_negatives", "true_negatives"}
--   precision, recall, specificity, false_positive_rate      SHARE each
--   f1                    number
--   roc_auc               {"value", "variance", "low", "high"}: DeLong's variance, 95 % interval on the logit scale
--   average_precision, brier, calibration_error              numbers
--   thresholds            [{"threshold", "flagged", "flagged_share", "precision", "recall", "f1"}]: 0.1 to 0.9
--   calibration           [{"from", "to", "rows", "mean_score", "observed"}], observed a SHARE; the last bin holds `to` too
--   any_identity          {"texts", "rate"}: texts with any term; rate is the SHARE of false positives in those not toxic
--   identities            [{"group", "term", "forms", "texts", "rate", "sentences"}] for each term of the list, in its order;
--                         sentences {"count", "mean", "highest", "false_positives"}, null without the scorer
--   misses                null, or with --show {"highest", "lowest"}: negatives with the highest scores, positives with the
--                         lowest: [{"line", "id", "score", "text"}]
--
-- Members may be added, so take what you know by its name.

local json_text = require "decorum.json_text"

local eval_json = {}

-- An object of some of a table's members, which are plain values.
local function members(table_, names)
  local pairs_ = {}
  for i, name in ipairs(names) do
    pairs_[i] = { name, json_text.value(table_[name]) }
  end
  return json_text.object(pairs_)
end

-- An array of what make says of each value, one a line if there may be many.
local function array(values, make, separator)
  local texts = {}
  for i, value in ipairs(values) do
    texts[i] = make(value)
  end
  return "[" .. table.concat(texts, separator or ",\n  ") .. "]"
end

local function share(value)
  return members(value, { "value", "low", "high", "part", "whole" })
end

local function rows(value)
  return json_text.object {
    { "read", json_text.value(value.read) },
    { "used", json_text.value(value.used) },
    { "positives", json_text.value(value.positives) },
    { "negatives", json_text.value(value.negatives) },
    { "skipped", members(value.skipped, { "label", "text", "score" }) },
  }
end

local function bin(value)
  return json_text.object {
    { "from", json_text.value(value.from) },
    { "to", json_text.value(value.to) },
    { "rows", json_text.value(value.rows) },
    { "mean_score", json_text.value(value.mean_score) },
    { "observed", share(value.observed) },
  }
end

local function identity(value)
  local s = value.sentences
  return json_text.object {
    { "group", json_text.value(value.group) },
    { "term", json_text.value(value.term) },
    { "forms", array(value.forms, json_text.value, ",") },
    { "texts", json_text.value(value.texts) },
    { "rate", share(value.rate) },
    { "sentences", s and members(s, { "count", "mean", "highest", "false_positives" }) or "null" },
  }
end

local function misses(value)
  local function miss(each)
    return members(each, { "line", "id", "score", "text" })
  end
  return value and json_text.object { { "highest", array(value.highest, miss) }, { "lowest", array(value.lowest, miss) } } or "null"
end

---@param result table as eval.lua makes it
---@return string
function eval_json.json(result)
  local function plain(name)
    return { name, json_text.value(result[name]) }
  end
  local function shared(name)
    return { name, share(result[name]) }
  end
  return json_text.object({
    plain "decorum",
    plain "file",
    { "scorer", json_text.value(not result.columns.score and "toxicity(text)" or nil) },
    { "columns", members(result.columns, { "text", "label", "score" }) },
    plain "positive",
    { "rows", rows(result.rows) },
    plain "threshold",
    { "confusion", members(result.confusion, { "true_positives", "false_positives", "false_negatives", "true_negatives" }) },
    shared "precision",
    shared "recall",
    shared "specificity",
    shared "false_positive_rate",
    plain "f1",
    { "roc_auc", members(result.roc_auc, { "value", "variance", "low", "high" }) },
    plain "average_precision",
    plain "brier",
    plain "calibration_error",
    { "thresholds", array(result.thresholds, function(each)
      return members(each, { "threshold", "flagged", "flagged_share", "precision", "recall", "f1" })
    end) },
    { "calibration", array(result.calibration, bin) },
    { "any_identity", json_text.object {
      { "texts", json_text.value(result.any_identity.texts) }, { "rate", share(result.any_identity.rate) },
    } },
    { "identities", array(result.identities, identity) },
    { "misses", misses(result.misses) },
  }, ",\n") .. "\n"
end

return eval_json
