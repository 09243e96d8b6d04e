--- Charts of how good scores are, as SVG for a page of html.lua.
--
--   chart.reliability(bins)        how often what has such a score is positive; bars beneath for how many there are
--   chart.roc(points, summary)     recall against the false positive rate
--
-- Each says in words, for those who do not see it, what it shows.

local html = require "decorum.html"

local chart = {}

local LEFT, TOP, SIDE = 48, 10, 300 -- of the square from 0 to 1
local WIDTH = LEFT + SIDE + 14
local BARS = 60 -- height of the bars beneath

local element = html.element

local function x_of(value)
  return LEFT + SIDE * value
end

local function y_of(value)
  return TOP + SIDE * (1 - value)
end

local function line(x1, y1, x2, y2, style)
  return element("line", { x1 = x1 + 0.0, y1 = y1 + 0.0, x2 = x2 + 0.0, y2 = y2 + 0.0, style = style })
end

local function text(x, y, words, attributes)
  local all = { x = x + 0.0, y = y + 0.0 }
  for name, value in pairs(attributes or {}) do
    all[name] = value
  end
  return element("text", all, html.escape(words))
end

local MIDDLE, RIGHT = { ["text-anchor"] = "middle" }, { ["text-anchor"] = "end" }
local FAINT = "stroke:var(--line)"

-- The square with its ticks, names of the axes, and the diagonal.
local function frame(x_name, y_name)
  local parts = {}
  for i = 0, 4 do
    local value = i / 4
    local label = ("%g"):format(value)
    parts[#parts + 1] = line(x_of(value), y_of(0), x_of(value), y_of(1), FAINT)
    parts[#parts + 1] = line(x_of(0), y_of(value), x_of(1), y_of(value), FAINT)
    parts[#parts + 1] = text(x_of(value), y_of(0) + 14, label, MIDDLE)
    parts[#parts + 1] = text(LEFT - 5, y_of(value) + 4, label, RIGHT)
  end
  parts[#parts + 1] = line(x_of(0), y_of(0), x_of(1), y_of(1), "stroke:var(--faint);stroke-dasharray:4 4")
  parts[#parts + 1] = text(x_of(0.5), y_of(0) + 29, x_name, MIDDLE)
  local x, y = 11, y_of(0.5)
  parts[#parts + 1] = text(x, y, y_name, { ["text-anchor"] = "middle", transform = ("rotate(-90 %g %g)"):format(x, y) })
  return table.concat(parts, "\n")
end

local function svg(id, height, title, description, parts)
  return element("svg", {
    xmlns = "http://www.w3.org/2000/svg",
    viewBox = ("0 0 %d %d"):format(WIDTH, height),
    role = "img",
    ["aria-labelledby"] = ("%s-title %s-desc"):format(id, id),
  }, "\n" .. element("title", { id = id .. "-title" }, html.escape(title))
    .. "\n" .. element("desc", { id = id .. "-desc" }, html.escape(description))
    .. "\n" .. table.concat(parts, "\n") .. "\n")
end

-- A bar for the rows of each bin, from `top` down to `bottom`.
local function bars(bins, top, bottom)
  local most, parts = 1, {}
  for _, bin in ipairs(bins) do
    most = math.max(most, bin.rows)
  end
  for _, bin in ipairs(bins) do
    local height = (bottom - top) * bin.rows / most
    if bin.rows > 0 then
      height = math.max(height, 1)
      parts[#parts + 1] = element("rect", { x = x_of(bin.from) + 0.5, y = bottom - height, width = SIDE * (bin.to - bin.from) - 1,
        height = height, style = "fill:var(--mark);opacity:0.6" })
    end
    if #bins <= 10 then
      parts[#parts + 1] = text(x_of((bin.from + bin.to) / 2), bottom - height - 3, ("%d"):format(bin.rows),
        { ["text-anchor"] = "middle", style = "font-size:9px" })
    end
  end
  parts[#parts + 1] = line(x_of(0), bottom, x_of(1), bottom, FAINT)
  return table.concat(parts, "\n")
end

---@param bins table[] Bins with `observed`, a share with its interval
---@return string
function chart.reliability(bins)
  local parts, told = { frame("mean score", "share that people call toxic") }, {}
  for _, bin in ipairs(bins) do
    local observed = bin.observed
    if bin.rows > 0 then
      local x = x_of(bin.mean_score)
      parts[#parts + 1] = line(x, y_of(observed.low), x, y_of(observed.high), "stroke:var(--mark);stroke-width:2")
      parts[#parts + 1] = element("circle", { cx = x, cy = y_of(observed.value), r = 4, style = "fill:var(--mark)" })
      told[#told + 1] = ("%.2f of %d with mean score %.2f"):format(observed.value, bin.rows, bin.mean_score)
    end
  end
  local top = y_of(0) + 54
  parts[#parts + 1] = bars(bins, top, top + BARS)
  parts[#parts + 1] = text(x_of(0.5), top + BARS + 13, "rows by score", MIDDLE)
  return svg("reliability", top + BARS + 20, "Reliability: what a score is worth",
    "For each bin of scores, the share that people call toxic, with its 95 % interval; on the diagonal a score would be"
      .. " a probability. Beneath, how many rows have such scores. The shares: " .. table.concat(told, "; ") .. ".", parts)
end

---@param points { [1]: number, [2]: number }[] false positive rate, recall
---@param summary string what the area is, in words
---@return string
function chart.roc(points, summary)
  local path = {}
  for i, point in ipairs(points) do
    path[i] = ("%s%.2f %.2f"):format(i == 1 and "M" or "L", x_of(point[1]), y_of(point[2]))
  end
  return svg("roc", y_of(0) + 36, "ROC curve: " .. summary,
    "The share of toxic texts that are flagged (recall) against the share of the others that are (false positive rate),"
      .. " from the strictest threshold at the lower left to the mildest at the upper right. On the diagonal a scorer"
      .. " would know nothing. " .. summary .. ".",
    { frame("false positive rate", "recall"),
      element("path", { d = table.concat(path, " "), style = "fill:none;stroke:var(--mark);stroke-width:2" }) })
end

return chart
