-- Spaces at which no line ends: before the signs that French sets off, after its opening quotation
-- mark, and, on every page, within "n = 62" and "axis 2".

local signs = { [":"] = true, [";"] = true, ["?"] = true, ["!"] = true, ["»"] = true, ["%"] = true }
local relations = { ["="] = true, ["<"] = true, [">"] = true }

local function text_of(inline)
  return inline and inline.t == "Str" and inline.text or ""
end

local function kept(before, after)
  return relations[before] or relations[after] or before:match("[Aa]x[ei]s?$") and after:match("^%d")
end

local function kept_in_french(before, after)
  return signs[after:sub(1, 1)] or after:sub(1, 2) == "»" or before:sub(-2) == "«"
end

function Pandoc(document)
  local french = pandoc.utils.stringify(document.meta.lang or ""):sub(1, 2) == "fr"
  local title = document.meta.title
  document = document:walk({
    Inlines = function(inlines)
      for place, inline in ipairs(inlines) do
        if inline.t == "Space" or inline.t == "SoftBreak" then
          local before, after = text_of(inlines[place - 1]), text_of(inlines[place + 1])
          if kept(before, after) or french and kept_in_french(before, after) then
            inlines[place] = pandoc.Str("\u{a0}")
          end
        end
      end
      return inlines
    end,
  })
  -- Quarto looks for the title of the window as it was written, to put what the page shows there.
  if title and not document.meta.pagetitle then
    document.meta.pagetitle = pandoc.utils.stringify(title)
  end
  return document
end
