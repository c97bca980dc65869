-- What the PDF says of itself to a reader of screens or to a library: its title, which Quarto prints only, and
-- a country for French, which would be that of the United States ("fr-US").
-- Typst 0.11 (Quarto 1.5) wants the title before any content, where no filter can put it: there the PDF has none.

local function quoted(text)
  return '"' .. text:gsub("[\\\"]", "\\%0") .. '"'
end

function Meta(meta)
  if meta.title and quarto.doc.is_format("typst") then
    local title = quoted(pandoc.utils.stringify(meta.title))
    quarto.doc.include_text(
      "in-header",
      "#show: doc => if sys.version < version(0, 12, 0) { doc } else { set document(title: " .. title .. "); doc }"
    )
    if pandoc.utils.stringify(meta.lang or "") == "fr" and not meta.region then
      meta.region = "FR"
    end
    return meta
  end
end
