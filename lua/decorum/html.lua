--- Pages of HTML: one file, no script, nothing from elsewhere.
--
--   html.escape 'a < "b"'                                       -- a &lt; &quot;b&quot;
--   html.element("td", { class = "n" }, html.escape(text))      -- <td class="n">...</td>
--   html.table(grid)                                            -- a Grid (grid.lua) as a table that reads well aloud
--   html.page("title", { html.table(grid), svg })               -- the document
--
-- The content of an element is HTML; whatever is text goes through html.escape first. Attributes are escaped here, and
-- stand in the order of their names, so that the same page is the same bytes. The document is XML as well. Its policy
-- (Content-Security-Policy) forbids everything but its own style. It follows the reader's choice of light or dark, and
-- names the colours that a chart may use: --text, --faint, --line, --mark, --page.

local html = {}

local ENTITIES = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }

---@param text string
---@return string
function html.escape(text)
  return (text:gsub("[&<>\"']", ENTITIES))
end

---@param name string
---@param attributes table<string, string|number>?
---@param content string? HTML; without it the element is closed at once
---@return string
function html.element(name, attributes, content)
  local names = {}
  for each in pairs(attributes or {}) do
    names[#names + 1] = each
  end
  table.sort(names)
  local tag = { "<", name }
  for _, each in ipairs(names) do
    local value = attributes[each]
    local text = math.type(value) == "float" and ("%.6g"):format(value) or tostring(value)
    tag[#tag + 1] = (' %s="%s"'):format(each, html.escape(text))
  end
  tag[#tag + 1] = content and ">" .. content .. "</" .. name .. ">" or "/>"
  return table.concat(tag)
end

local function is_number(value)
  return type(value) == "number" or type(value) == "string" and value:find "^%d[%d.,]*$" ~= nil
end

---A table with its title as caption; the first column names the row. Wide ones scroll by themselves.
---@param table_ Grid
---@return string
function html.table(table_)
  local head, rows = {}, {}
  for c, name in ipairs(table_.columns) do
    local number = table_.rows[1] and c > 1 and is_number(table_.rows[1][c])
    head[c] = html.element("th", { scope = "col", class = number and "n" or nil }, html.escape(name))
  end
  for r, row in ipairs(table_.rows) do
    local cells = {}
    for c = 1, #table_.columns do
      local text = row[c] == nil and "" or html.escape(tostring(row[c]))
      cells[c] = c == 1 and html.element("th", { scope = "row" }, text)
        or html.element("td", { class = is_number(row[c]) and "n" or nil }, text)
    end
    rows[r] = html.element("tr", nil, table.concat(cells))
  end
  return html.element("div", { class = "wide", role = "region", tabindex = 0, ["aria-label"] = table_.title },
    html.element("table", nil, "\n" .. html.element("caption", nil, html.escape(table_.title))
      .. "\n" .. html.element("thead", nil, html.element("tr", nil, table.concat(head)))
      .. "\n" .. html.element("tbody", nil, "\n" .. table.concat(rows, "\n") .. "\n") .. "\n"))
end

local STYLE = [[
:root { color-scheme: light dark; --text: #1b1b1f; --faint: #5c5f66; --line: #c9ccd3; --mark: #1f5fae; --page: #ffffff; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e6ea; --faint: #a2a6b0; --line: #44474f; --mark: #7db4f5; --page: #16171a; }
}
body { margin: 0 auto; padding: 1rem; max-width: 56rem; color: var(--text); background: var(--page);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.4rem; line-height: 1.25; }
.wide { overflow-x: auto; margin: 1.5rem 0 0.25rem; }
table { min-width: min(100%, 20rem); border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: 0.25rem; }
th, td { padding: 0.2rem 0.75rem 0.2rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { font-weight: 400; }
thead th { color: var(--faint); }
.n { text-align: right; white-space: nowrap; }
.charts { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 1rem; margin-top: 1.5rem; }
svg { flex: 1 1 18rem; width: 100%; max-width: 26rem; height: auto; font: 11px system-ui, sans-serif; fill: var(--text); }
p, li { max-width: 42rem; }
.faint { color: var(--faint); }
@media print {
  :root { color-scheme: light; --text: #000000; --faint: #444444; --line: #999999; --mark: #1f5fae; --page: #ffffff; }
  body { max-width: none; padding: 0; }
  .wide { overflow: visible; }
  tr, svg { break-inside: avoid; }
}
]]

---@param title string text
---@param parts string[] HTML of the body
---@return string
function html.page(title, parts)
  return table.concat {
    "<!DOCTYPE html>\n",
    '<html xmlns="http://www.w3.org/1999/xhtml" lang="en">\n<head>\n<meta charset="utf-8"/>\n',
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'"/>\n',
    '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n',
    html.element("title", nil, html.escape(title)), "\n",
    "<style>\n", STYLE, "</style>\n</head>\n<body>\n",
    table.concat(parts, "\n"),
    "\n</body>\n</html>\n",
  }
end

return html
