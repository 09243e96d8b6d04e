--- How well scores tell positives from negatives: statistics, and nothing else.
--
--   local tally = measure.tally()
--   tally:add(0.9, true)                     -- a score and whether people called it positive
--   tally:add(0.9, false)
--   tally:add(0.2, false)
--   local spread = tally:spread()            -- { { score = 0.2, positives = 0, negatives = 1 }, { score = 0.9, ... } }
--   measure.confusion(spread, 0.5)           -- { true_positives = 1, false_positives = 1, ... }
--   measure.roc_auc(spread)                  -- 0.75, and its variance if that exists
--   measure.wilson(1, 2)                     -- 0.0945..., 0.9054...
--
-- Everything is computed from how often each score was given to a positive and to a negative. So a million
-- rows take the room of their distinct scores, ties need no care, and the sums do not depend on the order of
-- the rows. A score flags if it is at least the threshold.
--
-- A measure that does not exist is nil: a precision where nothing is flagged, an area where there is one class.

local measure = {}

local Z = 1.959963984540054 -- the normal distribution has 2.5 % above it: for intervals of 95 %

---@class Scored how often a score was given
---@field score number
---@field positives integer
---@field negatives integer

---@class Tally
---@field positives table<number, integer> by score
---@field negatives table<number, integer>
local Tally = {}
Tally.__index = Tally

---@return Tally
function measure.tally()
  return setmetatable({ positives = {}, negatives = {} }, Tally)
end

---@param score number
---@param is_positive boolean
function Tally:add(score, is_positive)
  local counts = is_positive and self.positives or self.negatives
  counts[score] = (counts[score] or 0) + 1
end

---@return Scored[] by rising score
function Tally:spread()
  local scores = {}
  for score in pairs(self.positives) do
    scores[#scores + 1] = score
  end
  for score in pairs(self.negatives) do
    scores[#scores + 1] = not self.positives[score] and score or nil
  end
  table.sort(scores)
  local spread = {}
  for i, score in ipairs(scores) do
    spread[i] = { score = score + 0.0, positives = self.positives[score] or 0, negatives = self.negatives[score] or 0 }
  end
  return spread
end

---How many there are of each.
---@param spread Scored[]
---@return integer positives
---@return integer negatives
function measure.totals(spread)
  local positives, negatives = 0, 0
  for _, each in ipairs(spread) do
    positives, negatives = positives + each.positives, negatives + each.negatives
  end
  return positives, negatives
end

---@param part number
---@param whole number
---@return number? share
function measure.share(part, whole)
  return whole > 0 and part / whole or nil
end

---Wilson's score interval of a share, 95 %, without continuity correction. (E. B. Wilson, Probable inference, the
---law of succession, and statistical inference, 1927; number 3 in R. G. Newcombe's comparison of seven, 1998.)
---@param part integer
---@param whole integer
---@return number? low
---@return number? high
function measure.wilson(part, whole)
  if whole == 0 then
    return nil
  end
  local share, z2 = part / whole, Z * Z
  local middle = share + z2 / (2 * whole)
  local half = Z * math.sqrt(share * (1 - share) / whole + z2 / (4 * whole * whole))
  local scale = 1 + z2 / whole
  -- At the ends the formula is 0 and 1, but for rounding.
  return part == 0 and 0.0 or (middle - half) / scale, part == whole and 1.0 or (middle + half) / scale
end

---@class Confusion
---@field true_positives integer
---@field false_positives integer
---@field false_negatives integer
---@field true_negatives integer

---@param spread Scored[]
---@param threshold number
---@return Confusion
function measure.confusion(spread, threshold)
  local all = { true_positives = 0, false_positives = 0, false_negatives = 0, true_negatives = 0 }
  for _, each in ipairs(spread) do
    local positives = each.score >= threshold and "true_positives" or "false_negatives"
    local negatives = each.score >= threshold and "false_positives" or "true_negatives"
    all[positives] = all[positives] + each.positives
    all[negatives] = all[negatives] + each.negatives
  end
  return all
end

---The harmonic mean of precision and recall.
---@param c Confusion
---@return number?
function measure.f1(c)
  return measure.share(2 * c.true_positives, 2 * c.true_positives + c.false_positives + c.false_negatives)
end

---The area under the ROC curve: how likely a positive has a higher score than a negative; a tie counts one half.
---Its variance is that of DeLong, DeLong and Clarke-Pearson (1988): with V(x) the share of the other class that
---x is on the right side of, var(V of positives) / positives + var(V of negatives) / negatives. It takes two of each.
---@param spread Scored[]
---@return number? area
---@return number? variance
function measure.roc_auc(spread)
  local positives, negatives = measure.totals(spread)
  if positives == 0 or negatives == 0 then
    return nil
  end
  local below, doubled = 0, 0 -- negatives of lower scores; twice the pairs in the right order, an exact integer
  for _, each in ipairs(spread) do
    doubled = doubled + each.positives * (2 * below + each.negatives)
    below = below + each.negatives
  end
  local area = doubled / (2 * positives * negatives)
  if positives < 2 or negatives < 2 then
    return area
  end
  local sum_positives, sum_negatives, above = 0.0, 0.0, positives
  below = 0
  for _, each in ipairs(spread) do
    above = above - each.positives
    local of_positive = (below + each.negatives / 2) / negatives - area
    local of_negative = (above + each.positives / 2) / positives - area
    sum_positives = sum_positives + each.positives * of_positive * of_positive
    sum_negatives = sum_negatives + each.negatives * of_negative * of_negative
    below = below + each.negatives
  end
  return area, sum_positives / (positives - 1) / positives + sum_negatives / (negatives - 1) / negatives
end

---A 95 % interval of an area, on the logit scale, so that it stays between 0 and 1 (M. S. Pepe, The statistical
---evaluation of medical tests, 2003, section 5.2). None if the variance is 0, as it is for an area of 0 or 1:
---that says that there are too few rows, and not that the area is known.
---@param area number?
---@param variance number?
---@return number? low
---@return number? high
function measure.area_interval(area, variance)
  if not variance or variance <= 0 or area <= 0 or area >= 1 then
    return nil
  end
  local middle = math.log(area / (1 - area))
  local half = Z * math.sqrt(variance) / (area * (1 - area))
  return 1 / (1 + math.exp(half - middle)), 1 / (1 + math.exp(-half - middle))
end

---The mean of the precisions at each score as threshold, each weighted with the recall that it adds. Its value for
---scores that know nothing is the share of positives.
---@param spread Scored[]
---@return number?
function measure.average_precision(spread)
  local all = measure.totals(spread)
  if all == 0 then
    return nil
  end
  local flagged, hits, sum = 0, 0, 0.0
  for i = #spread, 1, -1 do
    local each = spread[i]
    flagged, hits = flagged + each.positives + each.negatives, hits + each.positives
    sum = sum + each.positives * (hits / flagged)
  end
  return sum / all
end

---The mean squared distance of the score from 1 for a positive and 0 for a negative (G. W. Brier, 1950).
---@param spread Scored[]
---@return number?
function measure.brier(spread)
  local sum, count = 0.0, 0
  for _, each in ipairs(spread) do
    sum = sum + each.positives * (1 - each.score) ^ 2 + each.negatives * each.score ^ 2
    count = count + each.positives + each.negatives
  end
  return measure.share(sum, count)
end

---@class Bin scores from `from` to below `to`, in the last bin to `to` itself
---@field from number
---@field to number
---@field rows integer
---@field positives integer
---@field mean_score number?

-- Which of the bins holds a score. The product is rounded: 0.29 * 100 is less than 29.
local function bin_of(score, count)
  local i = math.floor(score * count)
  if (i + 1) / count <= score then
    i = i + 1
  elseif i / count > score then
    i = i - 1
  end
  return math.min(i, count - 1) + 1
end

---@param spread Scored[] scores between 0 and 1
---@param count integer
---@return Bin[]
function measure.calibration(spread, count)
  local bins, sums = {}, {}
  for i = 1, count do
    bins[i], sums[i] = { from = (i - 1) / count, to = i / count, rows = 0, positives = 0 }, 0.0
  end
  for _, each in ipairs(spread) do
    local i = bin_of(each.score, count)
    local rows = each.positives + each.negatives
    bins[i].rows, bins[i].positives = bins[i].rows + rows, bins[i].positives + each.positives
    sums[i] = sums[i] + rows * each.score
  end
  for i, bin in ipairs(bins) do
    bin.mean_score = measure.share(sums[i], bin.rows)
  end
  return bins
end

---The expected calibration error: the distance between mean score and observed share of the bins, weighted with
---their rows.
---@param bins Bin[]
---@return number?
function measure.calibration_error(bins)
  local sum, rows = 0.0, 0
  for _, bin in ipairs(bins) do
    if bin.rows > 0 then
      sum = sum + bin.rows * math.abs(bin.positives / bin.rows - bin.mean_score)
      rows = rows + bin.rows
    end
  end
  return measure.share(sum, rows)
end

---The points of the ROC curve, from (0, 0) to (1, 1); those that lie nearer than 1 / most to the one before are left
---out. Empty if there is one class.
---@param spread Scored[]
---@param most integer
---@return { [1]: number, [2]: number }[] false positive rate, true positive rate
function measure.roc(spread, most)
  local positives, negatives = measure.totals(spread)
  if positives == 0 or negatives == 0 then
    return {}
  end
  local points, hits, errors, last = { { 0.0, 0.0 } }, 0, 0, 0.0
  for i = #spread, 1, -1 do
    hits, errors = hits + spread[i].positives, errors + spread[i].negatives
    local x, y = errors / negatives, hits / positives
    if i == 1 or x + y - last >= 1 / most then
      points[#points + 1], last = { x, y }, x + y
    end
  end
  return points
end

return measure
