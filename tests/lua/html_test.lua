-- Pages of HTML, and the charts in them.
local chart = require "decorum.chart"
local html = require "decorum.html"

local HOSTILE = [[<script>alert("x")</script> & 'y']]
local ESCAPED = "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;"

describe("HTML", function()
  it("has no text that could be more than text", function()
    assert.equal(ESCAPED, html.escape(HOSTILE))
    assert.equal("&amp;lt;", html.escape "&lt;")
    assert.equal("añb 鍵", html.escape "añb 鍵")
  end)
  it("has elements with attributes in order, escaped", function()
    assert.equal('<td class="n" title="' .. ESCAPED .. '">1</td>', html.element("td", { title = HOSTILE, class = "n" }, "1"))
    assert.equal('<rect width="0.333333" x="2"/>', html.element("rect", { x = 2, width = 1 / 3 }))
    assert.equal("<p></p>", html.element("p", nil, ""))
  end)
  it("has tables that say what each cell belongs to", function()
    local rows = { { HOSTILE, 12, "0.1–0.2" }, { nil, "0.250", nil } }
    assert.equal([[
<div aria-label="&lt;T&gt;" class="wide" role="region" tabindex="0"><table>
<caption>&lt;T&gt;</caption>
<thead><tr><th scope="col">na&lt;me</th><th class="n" scope="col">n</th><th scope="col">text</th></tr></thead>
<tbody>
<tr><th scope="row">]] .. ESCAPED .. [[</th><td class="n">12</td><td>0.1–0.2</td></tr>
<tr><th scope="row"></th><td class="n">0.250</td><td></td></tr>
</tbody>
</table></div>]], html.table { title = "<T>", columns = { "na<me", "n", "text" }, rows = rows })
  end)
  it("has pages that forbid everything but their style", function()
    local page = html.page(HOSTILE, { "<p>a</p>", "<p>b</p>" })
    assert.matches("<title>" .. ESCAPED:gsub("%p", "%%%0") .. "</title>", page)
    assert.matches([[content="default-src 'none'; style-src 'unsafe-inline'"]], page, 1, true)
    assert.matches("<body>\n<p>a</p>\n<p>b</p>\n</body>", page, 1, true)
    assert.is_nil(page:find("<script", 1, true))
  end)
end)

describe("a chart", function()
  local function bin(from, to, rows, mean, value)
    return { from = from, to = to, rows = rows, mean_score = mean, observed = { value = value, low = 0.0, high = 1.0 } }
  end
  it("of reliability has a point for each bin that has rows", function()
    local svg = chart.reliability { bin(0.0, 0.5, 4, 0.25, 0.5), bin(0.5, 1.0, 0) }
    local _, points = svg:gsub("<circle ", "")
    assert.equal(1, points)
    -- 0.25 of 300 from 48 on; 0.5 of 300 below 10.
    assert.matches('<circle cx="123" cy="160" ', svg, 1, true)
    assert.matches("0.50 of 4 with mean score 0.25.", svg, 1, true)
    assert.matches('<svg aria-labelledby="reliability-title reliability-desc" role="img"', svg, 1, true)
  end)
  it("of the ROC curve goes from corner to corner", function()
    assert.matches(' d="M48.00 310.00 L48.00 160.00 L348.00 10.00" ', chart.roc({ { 0, 0 }, { 0, 0.5 }, { 1, 1 } }, "area"), 1, true)
  end)
end)
