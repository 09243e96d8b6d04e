--- decorum eval: how well a scorer agrees with people.
--
--   decorum eval comments.csv --text text --label toxicity                       toxicity(text) of the extension
--   decorum eval comments.csv --text text --label toxicity --score perspective   the scores in a column
--   decorum eval - --text t --label l --format html --out report.html <x.csv     a page with charts
--
-- The file has a row for each text, with the label that people gave it. Texts are scored as they come and not kept;
-- what is kept is how often each score was given to which label (measure.lua) and the counts of identity terms
-- (identity.lua). eval_page.lua makes tables, charts and text of the result, eval_json.lua JSON.
--
-- Rows without a label, text or score are counted and skipped. Anything else that cannot be read ends the command:
-- a measure of a table that was half understood would look like any other.
--
-- Exit status: 0; 1 if there is only one class, so that some measures do not exist; 2 if nothing was measured.

local eval_page = require "decorum.eval_page"
local failure = require "decorum.failure"
local identity = require "decorum.identity"
local measure = require "decorum.measure"
local output = require "decorum.output"
local progress = require "decorum.progress"
local sqlite = require "host.sqlite"
local system = require "host.system"
local table_file = require "decorum.table_file"

local eval = {}

local SHOWN_LENGTH = 100 -- characters of a text that is shown
local LABELS = {} -- what a label says, in lower case
for _, word in ipairs { "y", "yes", "true", "1", "1.0", "toxic" } do
  LABELS[word] = true
end
for _, word in ipairs { "n", "no", "false", "0", "0.0", "nontoxic", "non-toxic", "not toxic" } do
  LABELS[word] = false
end

-- A number as people write it: no hexadecimal one, no infinity.
local function number_of(text)
  return text:find "^%s*[+-]?%.?%d" and not text:find "[xX]" and tonumber(text) or nil
end

local function option_number(options, name, low, high, is_whole)
  local value = number_of(options[name])
  value = value and is_whole and math.tointeger(value) or not is_whole and value
  if not value or not (value >= low and value <= high) then
    failure.raise("eval", ("--%s must be a %snumber between %g and %g, not '%s'"):format(name, is_whole and "whole " or "", low,
      high, options[name]))
  end
  return value
end

local function option_separator(given)
  if given == nil or given == "tab" then
    return given and "\t"
  elseif not given:find '^[\1-\127]$' or given:find '["\r\n]' then
    failure.raise("eval", ("--separator must be one ASCII character or the word tab, not '%s'"):format(given))
  end
  return given
end

local function trimmed(label)
  return label:lower():match "^%s*(.-)%s*$"
end

-- A function that tells what a label says: true, false, nil for an empty one, or nil and why it says nothing. With
-- a positive word that is not one of the usual ones, one other word is the negative.
local function label_reader(positive)
  local wanted, other = trimmed(positive), nil
  if wanted == "" then
    failure.raise("eval", "--positive must be a label, not ''")
  end
  local is_usual = LABELS[wanted] == true
  return function(label)
    local word = trimmed(label)
    if word == "" then
      return nil
    elseif not is_usual then
      other = other or word ~= wanted and word or nil
      if word == wanted or word == other then
        return word == wanted
      end
      return nil, ("the label is '%s', where those before are '%s' and '%s'"):format(label:sub(1, 40), wanted, other)
    elseif LABELS[word] == nil then
      return nil, ("the label must be y or n (or yes/no, true/false, 1/0, toxic/nontoxic), not '%s'; --positive names another word")
        :format(label:sub(1, 40))
    end
    return LABELS[word]
  end
end

-- The best so many rows by a key; of equal ones those that came first.
local function new_best(most)
  local rows = {}
  return rows, function(key, make_row)
    local at = #rows + 1
    while at > 1 and rows[at - 1].key < key do
      at = at - 1
    end
    if at <= most then
      local row = make_row()
      row.key = key
      table.insert(rows, at, row)
      rows[most + 1] = nil
    end
  end
end

---@class EvalMiss a text on which scorer and people differ most
---@field line integer
---@field id string?
---@field score number
---@field text string the beginning, with control characters made visible

---@class EvalRun
---@field db any
---@field threshold number
---@field bins integer
---@field show integer how many misses of each kind
---@field tally Tally
---@field counter IdentityCounter
---@field skipped table<string, integer> rows without a label, text, score
---@field read integer rows
---@field highest EvalMiss[] negatives with the highest scores
---@field lowest EvalMiss[] positives with the lowest

-- A function that gives the score of a row; nil if there is none.
local function scorer_for(run, source, column)
  if not column then
    local toxicity = run.db:prepare "SELECT toxicity(?)"
    return function(_, text)
      return (toxicity:row(text))
    end
  end
  return function(fields, _, line)
    local text = fields[column]
    if not text:find "%S" then
      return nil
    end
    local score = number_of(text)
    if not score or score < 0 or score > 1 then
      source:refuse(line, ("the score must be a number between 0 and 1, not '%s'"):format(text:sub(1, 40)))
    end
    return score
  end
end

-- Shows the beginning of a text. A character has at most four bytes; one more than is shown tells that there is more.
local function new_display(db)
  local display = db:prepare "SELECT display(?)"
  return function(text)
    local shown = display:row(text:sub(1, 4 * (SHOWN_LENGTH + 1)))
    local stop = utf8.offset(shown, SHOWN_LENGTH + 1)
    return stop and stop <= #shown and shown:sub(1, stop - 1) .. "…" or shown
  end
end

-- Reads the rows and counts.
local function read_rows(run, source, options, columns)
  local read_label = label_reader(options.positive)
  local score_of = scorer_for(run, source, columns.score)
  local display = new_display(run.db)
  local add_highest, add_lowest
  run.highest, add_highest = new_best(run.show)
  run.lowest, add_lowest = new_best(run.show)
  local show, wipe = progress.new("eval", system.size(options.file), false)
  local _ <close> = setmetatable({}, { __close = wipe }) -- before an error is told, too
  local function skip(without)
    run.skipped[without] = run.skipped[without] + 1
  end
  for fields, line, bytes in source:rows() do
    run.read = run.read + 1
    local is_positive, why = read_label(fields[columns.label])
    if why then
      source:refuse(line, why)
    end
    local text = fields[columns.text]
    local has_text = text:find "%S"
    local score = is_positive ~= nil and has_text and score_of(fields, text, line) or nil
    if is_positive == nil or not has_text or not score then
      skip(is_positive == nil and "label" or not has_text and "text" or "score")
    else
      run.tally:add(score, is_positive)
      run.counter:add(text, is_positive, score >= run.threshold)
      local add = is_positive and add_lowest or add_highest
      add(is_positive and -score or score, function()
        return { line = line, id = columns.id and display(fields[columns.id]), score = score, text = display(text) }
      end)
    end
    if run.read % 64 == 0 then
      show(run.read, bytes)
    end
  end
end

-- A share with its interval.
local function share(part, whole)
  local low, high = measure.wilson(part, whole)
  return { value = measure.share(part, whole), low = low, high = high, part = part, whole = whole }
end

local function at_thresholds(spread, rows)
  local curve = {}
  for i = 1, 9 do
    local c = measure.confusion(spread, i / 10)
    local flagged = c.true_positives + c.false_positives
    curve[i] = {
      threshold = i / 10,
      flagged = flagged,
      flagged_share = measure.share(flagged, rows),
      precision = measure.share(c.true_positives, flagged),
      recall = measure.share(c.true_positives, c.true_positives + c.false_negatives),
      f1 = measure.f1(c),
    }
  end
  return curve
end

local function in_sentences(toxicity, term, threshold)
  local sentences = identity.sentences(term)
  local sum, highest, flagged = 0.0, 0.0, 0
  for _, sentence in ipairs(sentences) do
    local score = toxicity:row(sentence)
    sum, highest = sum + score, math.max(highest, score)
    flagged = flagged + (score >= threshold and 1 or 0)
  end
  return { count = #sentences, mean = sum / #sentences, highest = highest, false_positives = flagged }
end

local function identities_of(run, terms, has_scorer, safe)
  local toxicity = run.db:prepare "SELECT toxicity(?)"
  local identities = {}
  for i, term in ipairs(terms) do
    local counts, forms = run.counter.counts[i], {}
    for f, form in ipairs(term.forms) do
      forms[f] = safe(form)
    end
    identities[i] = {
      group = safe(term.group),
      term = forms[1],
      forms = forms,
      texts = counts.texts,
      rate = share(counts.false_positives, counts.negatives),
      sentences = has_scorer and in_sentences(toxicity, term, run.threshold) or nil,
    }
  end
  return identities
end

---@class EvalShare
---@field value number? part / whole
---@field low number?
---@field high number?
---@field part integer
---@field whole integer

-- What was found, as eval_page.lua and eval_json.lua take it.
local function result_of(run, spread, rows, options, terms)
  local positives, negatives = rows.positives, rows.negatives
  local c = measure.confusion(spread, run.threshold)
  local area, variance = measure.roc_auc(spread)
  local low, high = measure.area_interval(area, variance)
  local bins = measure.calibration(spread, run.bins)
  for _, bin in ipairs(bins) do
    bin.observed = share(bin.positives, bin.rows)
  end
  local display = run.db:prepare "SELECT display(?)"
  local function safe(text)
    return text and (display:row(text))
  end
  return {
    file = safe(options.file == "-" and "standard input" or options.file),
    decorum = run.db:prepare("SELECT decorum_version()"):row(),
    columns = { text = safe(options.text), label = safe(options.label), score = safe(options.score) },
    positive = safe(options.positive),
    rows = rows,
    threshold = run.threshold,
    confusion = c,
    precision = share(c.true_positives, c.true_positives + c.false_positives),
    recall = share(c.true_positives, positives),
    f1 = measure.f1(c),
    specificity = share(c.true_negatives, negatives),
    false_positive_rate = share(c.false_positives, negatives),
    roc_auc = { value = area, variance = variance, low = low, high = high },
    roc = measure.roc(spread, 200),
    average_precision = measure.average_precision(spread),
    brier = measure.brier(spread),
    calibration_error = measure.calibration_error(bins),
    thresholds = at_thresholds(spread, rows.used),
    calibration = bins,
    any_identity = { texts = run.counter.any.texts, rate = share(run.counter.any.false_positives, run.counter.any.negatives) },
    identities = identities_of(run, terms, not options.score, safe),
    misses = run.show > 0 and { highest = run.highest, lowest = run.lowest } or nil,
  }
end

-- Nothing may be written over what is read.
local function check_out(options)
  for _, path in ipairs { options.file, options.identities } do
    if options.out and (path == options.out or system.same(path, options.out)) then
      failure.raise("eval", ("--out %s would overwrite what is measured"):format(options.out))
    end
  end
end

---@param options table of the command line: file, text, label, id, score, threshold, positive, bins, separator,
---identities, show, format, out
---@return integer status
function eval.run(options)
  check_out(options)
  local run = {
    db = sqlite.open(":memory:", "create"),
    threshold = option_number(options, "threshold", 0, 1) + 0.0,
    bins = option_number(options, "bins", 1, 100, true),
    show = option_number(options, "show", 0, 1000, true),
    tally = measure.tally(),
    skipped = { label = 0, text = 0, score = 0 },
    read = 0,
  }
  local separator = option_separator(options.separator)
  local terms = options.identities and identity.read("eval", options.identities) or identity.shipped()
  run.counter = identity.counter(terms)
  local source = table_file.open("eval", options.file, separator)
  local columns = {}
  for _, name in ipairs { "text", "label", "id", "score" } do
    columns[name] = options[name] and source:column(options[name])
  end
  read_rows(run, source, options, columns)
  local spread = run.tally:spread()
  local positives, negatives = measure.totals(spread)
  local rows = { read = run.read, used = positives + negatives, positives = positives, negatives = negatives, skipped = run.skipped }
  if rows.used == 0 then
    source:refuse(nil, "there is nothing to measure: " .. eval_page.rows_told(rows))
  end
  local result = result_of(run, spread, rows, options, terms)
  local renderer = options.format == "json" and require "decorum.eval_json" or eval_page
  output.write("eval", renderer[options.format](result), options.out)
  run.db:close()
  return (positives == 0 or negatives == 0) and 1 or 0
end

return eval
