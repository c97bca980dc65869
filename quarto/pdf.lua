-- What the PDF says of itself to a reader of screens or to a library: its title, which Quarto prints only.

local function quoted(text)
  return '"' .. text:gsub("[\\\"]", "\\%0") .. '"'
end

function Meta(meta)
  if meta.title and quarto.doc.is_format("typst") then
    local title = quoted(pandoc.utils.stringify(meta.title))
    quarto.doc.include_text("in-header", "#set document(title: " .. title .. ")")
  end
end
