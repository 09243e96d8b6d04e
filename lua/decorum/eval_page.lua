--- What decorum eval found, to be read: tables as text, or a page of HTML with charts.
--
-- Both are made of the same tables, so that they say the same. Numbers are rounded here and nowhere else; "none" is a
-- measure that does not exist.

local chart = require "decorum.chart"
local grid = require "decorum.grid"
local html = require "decorum.html"
local progress = require "decorum.progress"

local eval_page = {}

local function decimal(value)
  return value and ("%.3f"):format(value) or "none"
end

local function interval(low, high)
  return low and ("%.3f–%.3f"):format(low, high) or "none"
end

local function of_whole(share, what)
  return ("%s of %s %s"):format(progress.grouped(share.part), progress.grouped(share.whole), what)
end

---How many rows there are, and what became of them, in a line.
---@param rows table
---@return string
function eval_page.rows_told(rows)
  local skipped, without = 0, {}
  for _, what in ipairs { "label", "text", "score" } do
    local count = rows.skipped[what]
    skipped = skipped + count
    without[#without + 1] = count > 0 and ("%s without a %s"):format(progress.grouped(count), what) or nil
  end
  local told = ("%s row%s"):format(progress.grouped(rows.read), rows.read == 1 and "" or "s")
  if rows.used > 0 then
    told = ("%s, %s measured: %s toxic, %s not"):format(told, progress.grouped(rows.used), progress.grouped(rows.positives),
      progress.grouped(rows.negatives))
  end
  return told .. (skipped > 0 and ("; %s skipped: %s"):format(progress.grouped(skipped), table.concat(without, ", ")) or "")
end

local function title_of(result)
  return ("%s against the labels of %s"):format(
    result.columns.score and ("Scores in column %s"):format(result.columns.score) or "Decorum " .. result.decorum .. ", toxicity(text)",
    result.file)
end

local function lines_of(result)
  local columns = result.columns
  local lines = {
    eval_page.rows_told(result.rows) .. ".",
    ("Text in column %s, label in column %s; toxic is what people labelled %s."):format(columns.text, columns.label,
      result.positive == "y" and "y (or yes, true, 1, toxic)" or result.positive),
  }
  if result.rows.positives == 0 or result.rows.negatives == 0 then
    lines[#lines + 1] = ("There is only one class: every row is labelled %s. Measures that compare the classes do not exist.")
      :format(result.rows.positives == 0 and "not toxic" or "toxic")
  end
  return lines
end

local function confusion_table(result)
  local c = result.confusion
  return {
    title = ("Flagged: a score of at least %g"):format(result.threshold),
    columns = { "people say", "flagged", "not flagged" },
    rows = { { "toxic", c.true_positives, c.false_negatives }, { "not toxic", c.false_positives, c.true_negatives } },
  }
end

local function measures_table(result)
  local precision, recall, specificity, area = result.precision, result.recall, result.specificity, result.roc_auc
  local base = result.rows.positives / result.rows.used
  return {
    title = ("Measures; the first four at %g"):format(result.threshold),
    columns = { "measure", "value", "95 % interval", "what it is" },
    rows = {
      { "precision", decimal(precision.value), interval(precision.low, precision.high), of_whole(precision, "flagged are toxic") },
      { "recall", decimal(recall.value), interval(recall.low, recall.high), of_whole(recall, "toxic are flagged") },
      { "specificity", decimal(specificity.value), interval(specificity.low, specificity.high),
        of_whole(specificity, "others are not flagged") },
      { "F1", decimal(result.f1), "", "harmonic mean of precision and recall" },
      { "ROC AUC", decimal(area.value), interval(area.low, area.high), "toxic scored above others; by chance 0.5" },
      { "average precision", decimal(result.average_precision), "", ("over all thresholds; by chance %.3f"):format(base) },
      { "Brier score", decimal(result.brier), "", ("squared error; always saying %.3f: %.3f"):format(base, base * (1 - base)) },
      { "calibration error", decimal(result.calibration_error), "", ("expected, over %d bins"):format(#result.calibration) },
    },
  }
end

local function thresholds_table(result)
  local rows = {}
  for i, each in ipairs(result.thresholds) do
    rows[i] = { ("%.1f"):format(each.threshold), each.flagged, decimal(each.flagged_share), decimal(each.precision),
      decimal(each.recall), decimal(each.f1) }
  end
  return {
    title = "Other thresholds",
    columns = { "threshold", "flagged", "share flagged", "precision", "recall", "F1" },
    rows = rows,
  }
end

local function calibration_table(result)
  local rows = {}
  for i, bin in ipairs(result.calibration) do
    rows[i] = { ("%.2f–%.2f"):format(bin.from, bin.to), bin.rows, decimal(bin.mean_score), bin.positives,
      decimal(bin.observed.value), interval(bin.observed.low, bin.observed.high) }
  end
  return {
    title = "Calibration: what a score is worth",
    columns = { "score", "rows", "mean score", "toxic", "share toxic", "95 % interval" },
    rows = rows,
  }
end

local function rate_row(group, term, texts, rate)
  return { term, group, texts, rate.whole, rate.part, decimal(rate.value), interval(rate.low, rate.high) }
end

-- The table of terms in texts, and a line on those that are in none.
local function identities_table(result)
  local overall = result.false_positive_rate
  local rows, absent = {
    rate_row("", "(all texts)", result.rows.used, overall),
    rate_row("", "(any term)", result.any_identity.texts, result.any_identity.rate),
  }, 0
  for _, each in ipairs(result.identities) do
    if each.texts > 0 then
      rows[#rows + 1] = rate_row(each.group, each.term, each.texts, each.rate)
    else
      absent = absent + 1
    end
  end
  return {
    title = ("False positives where people are named, at %g"):format(result.threshold),
    columns = { "term", "group", "texts", "not toxic", "flagged of these", "rate", "95 % interval" },
    rows = rows,
  }, absent > 0 and ("%d of the %d terms are in no text."):format(absent, #result.identities) or nil
end

-- The table of terms in neutral sentences, and a line on those without a score; nil if there is no scorer.
local function sentences_table(result)
  if result.columns.score then
    return nil, "Neutral sentences with each term are not measured: a column has no scores for them."
  end
  local rows, silent = {}, 0
  local all = { "(all terms)", "", 0, 0.0, 0.0, 0 }
  for _, each in ipairs(result.identities) do
    local s = each.sentences
    all[3], all[4], all[5], all[6] = all[3] + s.count, all[4] + s.mean * s.count, math.max(all[5], s.highest), all[6] + s.false_positives
    if s.highest > 0 then
      rows[#rows + 1] = { each.term, each.group, s.count, decimal(s.mean), decimal(s.highest), s.false_positives }
    else
      silent = silent + 1
    end
  end
  table.insert(rows, 1, { all[1], all[2], all[3], decimal(all[4] / all[3]), decimal(all[5]), all[6] })
  return {
    title = ("Neutral sentences with each term, at %g"):format(result.threshold),
    columns = { "term", "group", "sentences", "mean score", "highest", "flagged" },
    rows = rows,
  }, silent > 0 and ("%d of the %d terms have a score of 0 in all sentences."):format(silent, #result.identities) or nil
end

local function misses_table(title, misses)
  local rows = {}
  for i, miss in ipairs(misses) do
    rows[i] = { miss.id or ("line %d"):format(miss.line), decimal(miss.score), miss.text }
  end
  return { title = title, columns = { "row", "score", "text" }, rows = rows }
end

---@class EvalSection
---@field table Grid?
---@field note string?

---@return EvalSection[]
local function sections_of(result)
  local sections = {
    { table = confusion_table(result) },
    { table = measures_table(result) },
    { table = thresholds_table(result) },
    { table = calibration_table(result) },
    table.pack(identities_table(result)),
    table.pack(sentences_table(result)),
  }
  for i = 5, 6 do
    sections[i] = { table = sections[i][1], note = sections[i][2] }
  end
  if result.misses then
    sections[7] = { table = misses_table("Highest scores of texts that people call not toxic", result.misses.highest) }
    sections[8] = { table = misses_table("Lowest scores of texts that people call toxic", result.misses.lowest) }
  end
  return sections
end

local NOTES = {
  "Labels are what some people judged. They err and disagree, and no measure here is better than they are.",
  "The figures hold for texts like these, and say little of other communities and languages.",
  "A threshold chosen from this table does worse elsewhere: choose with one file, measure with another.",
  "Intervals of shares are Wilson's; that of the area has DeLong's variance, on the logit scale. Where n is small they"
    .. " are wide: then the figure beside them says little.",
  "Scores need not be probabilities; calibration tells how far these are from being some.",
  "Identity terms are a fixed list of words: a word can mean something else, a text can count for several terms, and"
    .. " people are named in words that are not listed.",
}

local LINE_WIDTH = 100 -- bytes of a line of a note

local function wrapped(note)
  local lines, line = {}, "-"
  for word in note:gmatch "%S+" do
    if #line + 1 + #word > LINE_WIDTH then
      lines[#lines + 1], line = line, " "
    end
    line = line .. " " .. word
  end
  lines[#lines + 1] = line
  return table.concat(lines, "\n")
end

---The result as text, in boxes.
---@param result table as eval.lua makes it
---@return string
function eval_page.text(result)
  local out = { title_of(result) .. "\n" .. table.concat(lines_of(result), "\n") .. "\n" }
  for _, section in ipairs(sections_of(result)) do
    out[#out + 1] = (section.table and grid.box(section.table) or "") .. (section.note and section.note .. "\n" or "")
  end
  local notes = {}
  for i, note in ipairs(NOTES) do
    notes[i] = wrapped(note)
  end
  out[#out + 1] = "What these figures are\n" .. table.concat(notes, "\n") .. "\n"
  return table.concat(out, "\n")
end

local function charts(result)
  local parts = { chart.reliability(result.calibration) }
  local area = result.roc_auc
  if area.value then
    parts[2] = chart.roc(result.roc, ("area %.3f, 95 %% interval %s"):format(area.value, interval(area.low, area.high)))
  end
  return html.element("div", { class = "charts" }, "\n" .. table.concat(parts, "\n") .. "\n")
end

---The result as a page.
---@param result table as eval.lua makes it
---@return string
function eval_page.html(result)
  local parts = { html.element("h1", nil, html.escape(title_of(result))) }
  for _, line in ipairs(lines_of(result)) do
    parts[#parts + 1] = html.element("p", nil, html.escape(line))
  end
  for i, section in ipairs(sections_of(result)) do
    parts[#parts + 1] = section.table and html.table(section.table)
    parts[#parts + 1] = section.note and html.element("p", { class = "faint" }, html.escape(section.note))
    if i == 2 then
      parts[#parts + 1] = charts(result)
    end
  end
  local notes = {}
  for i, note in ipairs(NOTES) do
    notes[i] = html.element("li", nil, html.escape(note))
  end
  parts[#parts + 1] = html.element("h2", nil, "What these figures are")
  parts[#parts + 1] = html.element("ul", nil, "\n" .. table.concat(notes, "\n") .. "\n")
  return html.page(title_of(result), parts)
end

return eval_page
