-- The statistics of scores and labels.
local measure = require "decorum.measure"

-- A spread of the scores of positives and those of negatives.
local function spread_of(positives, negatives)
  local tally = measure.tally()
  for _, score in ipairs(positives) do
    tally:add(score, true)
  end
  for _, score in ipairs(negatives) do
    tally:add(score, false)
  end
  return tally:spread()
end

local function near(expected, got, distance)
  assert.is_true(math.abs(expected - got) <= (distance or 1e-12), ("%.17g, expected %.17g"):format(got, expected))
end

local POSITIVE_ONLY, NEGATIVE_ONLY, NOTHING = spread_of({ 0.5, 0.7 }, {}), spread_of({}, { 0.5, 0.7 }), spread_of({}, {})

describe("a tally", function()
  it("counts each score once, by rising score, 0 and 1 among them", function()
    assert.same({
      { score = 0.0, positives = 0, negatives = 2 },
      { score = 0.5, positives = 1, negatives = 1 },
      { score = 1.0, positives = 1, negatives = 0 },
    }, spread_of({ 1, 0.5 }, { 0.0, 0.5, -0.0 }))
  end)
end)

describe("Wilson's interval", function()
  it("has the published values", function()
    -- R. G. Newcombe, Two-sided confidence intervals for the single proportion, 1998, table I, method 3.
    for _, case in ipairs { { 81, 263, 0.2553, 0.3662 }, { 15, 148, 0.0624, 0.1605 }, { 0, 20, 0, 0.1611 }, { 1, 29, 0.0061, 0.1718 } } do
      local low, high = measure.wilson(case[1], case[2])
      near(case[3], low, 5e-5)
      near(case[4], high, 5e-5)
    end
  end)
  it("is where (share - t)^2 = z^2 t (1 - t) / n", function()
    -- 1 of 2: the two t, found by bisection.
    local low, high = measure.wilson(1, 2)
    near(0.094531205734230739, low, 1e-15)
    near(0.90546879426576926, high, 1e-15)
  end)
  it("ends at 0 and 1 exactly, and there is none of nothing", function()
    assert.equal(0.0, (measure.wilson(0, 7)))
    assert.equal(1.0, (select(2, measure.wilson(7, 7))))
    assert.is_nil((measure.wilson(0, 0)))
  end)
end)

describe("at a threshold", function()
  local spread = spread_of({ 0.9, 0.5, 0.4 }, { 0.5, 0.1, 0.1, 0.0 })
  it("what has that score is flagged", function()
    assert.same({ true_positives = 2, false_positives = 1, false_negatives = 1, true_negatives = 3 }, measure.confusion(spread, 0.5))
    assert.same({ true_positives = 1, false_positives = 0, false_negatives = 2, true_negatives = 4 }, measure.confusion(spread, 0.51))
    assert.same({ true_positives = 3, false_positives = 4, false_negatives = 0, true_negatives = 0 }, measure.confusion(spread, 0))
  end)
  it("F1 is the harmonic mean of precision and recall", function()
    near(2 / 3, measure.f1(measure.confusion(spread, 0.5))) -- both are 2/3
    near(1 / 2, measure.f1(measure.confusion(spread, 0.51))) -- 2 * 1 * 1/3 / (1 + 1/3)
    assert.is_nil(measure.f1(measure.confusion(NEGATIVE_ONLY, 0.9)))
    assert.equal(0.0, measure.f1(measure.confusion(POSITIVE_ONLY, 0.9)))
  end)
end)

describe("the area under the ROC curve", function()
  it("counts a tie one half", function()
    -- Pairs in the right order: 0.9 > 0.5, 0.9 > 0.1, 0.5 > 0.1, and one tie: 3.5 of 4.
    -- V of the positives: 2/2 and 1.5/2; V of the negatives: 1.5/2 and 2/2. The variance of each pair of numbers is
    -- 2 * 0.125^2 / (2 - 1) = 0.03125, so DeLong's is 0.03125 / 2 + 0.03125 / 2.
    local area, variance = measure.roc_auc(spread_of({ 0.9, 0.5 }, { 0.5, 0.1 }))
    assert.equal(0.875, area)
    near(0.03125, variance)
  end)
  it("is 1/2 if all is tied, 1 and 0 at the ends", function()
    assert.equal(0.5, (measure.roc_auc(spread_of({ 0.3, 0.3 }, { 0.3, 0.3, 0.3 }))))
    assert.equal(1.0, (measure.roc_auc(spread_of({ 0.8, 0.9 }, { 0.3 }))))
    assert.equal(0.0, (measure.roc_auc(spread_of({ 0.1 }, { 0.3, 0.2 }))))
  end)
  it("does not exist without both classes, nor its variance without two of each", function()
    for _, spread in ipairs { POSITIVE_ONLY, NEGATIVE_ONLY, NOTHING } do
      assert.is_nil((measure.roc_auc(spread)))
    end
    local area, variance = measure.roc_auc(spread_of({ 0.8 }, { 0.3, 0.9 }))
    assert.equal(0.5, area)
    assert.is_nil(variance)
  end)
  it("is that of all pairs, as is DeLong's variance, for random scores with ties", function()
    math.randomseed(11)
    for _ = 1, 200 do
      local positives, negatives = {}, {}
      for i = 1, math.random(2, 40) do
        positives[i] = math.random(0, 12) / 10
      end
      for i = 1, math.random(2, 40) do
        negatives[i] = math.random(0, 10) / 10
      end
      local function right(x, y)
        return x > y and 1 or x == y and 0.5 or 0
      end
      local of_positive, of_negative, sum = {}, {}, 0
      for i, x in ipairs(positives) do
        for j, y in ipairs(negatives) do
          of_positive[i] = (of_positive[i] or 0) + right(x, y) / #negatives
          of_negative[j] = (of_negative[j] or 0) + right(x, y) / #positives
          sum = sum + right(x, y)
        end
      end
      local function variance_of(values)
        local mean, squares = 0, 0
        for _, value in ipairs(values) do
          mean = mean + value / #values
        end
        for _, value in ipairs(values) do
          squares = squares + (value - mean) ^ 2
        end
        return squares / (#values - 1)
      end
      local area, variance = measure.roc_auc(spread_of(positives, negatives))
      near(sum / (#positives * #negatives), area)
      near(variance_of(of_positive) / #positives + variance_of(of_negative) / #negatives, variance)
    end
  end)
  it("has an interval between 0 and 1, or none", function()
    -- logit(0.875) = 1.9459; its standard error is sqrt(0.03125) / (0.875 * 0.125) = 1.6162; so the
    -- ends are 1 / (1 + exp(-(1.9459 ± 1.95996 * 1.6162))).
    local low, high = measure.area_interval(0.875, 0.03125)
    near(0.227607529072082, low)
    near(0.994022101277011, high)
    assert.is_nil((measure.area_interval(1.0, 0.0)))
    assert.is_nil((measure.area_interval(0.5, 0.0)))
    assert.is_nil((measure.area_interval(0.5, nil)))
    assert.is_nil((measure.area_interval(nil, nil)))
  end)
end)

describe("average precision", function()
  it("weights each precision with the recall that it adds", function()
    -- From above: 0.8 is a hit (1 of 1), 0.4 is none, 0.35 is one (2 of 3).
    near((1 + 2 / 3) / 2, measure.average_precision(spread_of({ 0.35, 0.8 }, { 0.1, 0.4 })))
  end)
  it("takes tied scores together, so that it does not depend on their order", function()
    near(2 / 5, measure.average_precision(spread_of({ 0.5, 0.5 }, { 0.5, 0.5, 0.5 })))
    near((2 * 2 / 3 + 3 / 5) / 3, measure.average_precision(spread_of({ 0.9, 0.9, 0.2 }, { 0.9, 0.3 })))
  end)
  it("does not exist without positives", function()
    assert.is_nil(measure.average_precision(NEGATIVE_ONLY))
    assert.is_nil(measure.average_precision(NOTHING))
  end)
end)

describe("calibration", function()
  local spread = spread_of({ 0.4, 0.8 }, { 0.1, 0.9 })
  it("has Brier's score", function()
    near((0.36 + 0.04 + 0.01 + 0.81) / 4, measure.brier(spread))
    assert.is_nil(measure.brier(NOTHING))
  end)
  it("has bins and their expected error", function()
    local bins = measure.calibration(spread, 2)
    assert.equal(2, #bins)
    assert.same({ 2, 1, 2, 1 }, { bins[1].rows, bins[1].positives, bins[2].rows, bins[2].positives })
    near(0.25, bins[1].mean_score)
    near(0.85, bins[2].mean_score)
    near(0.5 * 0.25 + 0.5 * 0.35, measure.calibration_error(bins))
    assert.is_nil(measure.calibration(spread, 20)[1].mean_score)
    assert.is_nil(measure.calibration_error(measure.calibration(NOTHING, 2)))
  end)
  it("puts a score at an edge into the bin that it begins, and 1 into the last", function()
    for _, count in ipairs { 1, 3, 7, 10, 49, 100 } do
      for i = 0, count do
        local bins = measure.calibration(spread_of({ i / count }, {}), count)
        assert.equal(1, bins[math.min(i + 1, count)].rows)
        local below = i > 0 and measure.calibration(spread_of({ i / count - 1e-15 }, {}), count)
        assert.is_true(not below or below[i].rows == 1)
      end
    end
  end)
end)

describe("the points of the ROC curve", function()
  it("go from corner to corner by falling score", function()
    assert.same({ { 0.0, 0.0 }, { 0.0, 0.5 }, { 0.5, 1.0 }, { 1.0, 1.0 } }, measure.roc(spread_of({ 0.9, 0.5 }, { 0.5, 0.1 }), 100))
    assert.same({}, measure.roc(POSITIVE_ONLY, 100))
  end)
  it("are no more than are asked for, whatever there is", function()
    local positives, negatives = {}, {}
    for i = 1, 5000 do
      positives[i], negatives[i] = i / 5000, i / 5001
    end
    local points = measure.roc(spread_of(positives, negatives), 50)
    assert.is_true(#points > 50 and #points <= 102)
    assert.same({ 1.0, 1.0 }, points[#points])
  end)
end)
