-- Figures of the PDF have the alternative text that they have on the page: a reader of screens says it.

local function quoted(text)
  return '"' .. text:gsub('[\\"]', "\\%0"):gsub("%s+", " ") .. '"'
end

function Image(image)
  local alt = image.attributes["fig-alt"] or image.attributes["alt"]
  if not alt or alt == "" or not quarto.doc.is_format("typst") then
    return nil
  end
  local width = image.attributes["width"] or "100%"
  local drawn = "image(" .. quoted(image.src) .. ", width: 100%, alt: " .. quoted(alt) .. ")"
  return pandoc.RawInline("typst", "#box(width: " .. width .. ", " .. drawn .. ")")
end
