-- French pages: no line begins with a sign that French typography sets off by a space. On every
-- page, "n = 62" and "axis 2" stay on one line.

local signs = { [":"] = true, [";"] = true, ["?"] = true, ["!"] = true, ["»"] = true, ["%"] = true }

local function begins_with_sign(inline)
  if not inline or inline.t ~= "Str" then
    return false
  end
  return signs[inline.text:sub(1, 1)] or inline.text:sub(1, 2) == "»"
end

local function is_space(inline)
  return inline and (inline.t == "Space" or inline.t == "SoftBreak")
end

local relations = { ["="] = true, ["<"] = true, [">"] = true }

local function keeps_together(before, after)
  if not (before and after and before.t == "Str" and after.t == "Str") then
    return false
  end
  local axis = before.text:match("[Aa]x[ei]s?$") and after.text:match("^%d")
  return relations[before.text] or relations[after.text] or axis
end

local function with_kept_spaces(inlines)
  for place, inline in ipairs(inlines) do
    if is_space(inline) and keeps_together(inlines[place - 1], inlines[place + 1]) then
      inlines[place] = pandoc.Str("\u{a0}")
    end
  end
  return inlines
end

local function with_no_break_spaces(inlines)
  for place, inline in ipairs(inlines) do
    local before, after = inlines[place - 1], inlines[place + 1]
    local opened = before and before.t == "Str" and before.text:sub(-2) == "«"
    if is_space(inline) and (begins_with_sign(after) or opened) then
      inlines[place] = pandoc.Str("\u{a0}")
    end
  end
  return inlines
end

function Pandoc(document)
  document = document:walk({ Inlines = with_kept_spaces })
  local language = pandoc.utils.stringify(document.meta.lang or "")
  if language:sub(1, 2) == "fr" then
    document = document:walk({ Inlines = with_no_break_spaces })
  end
  return document
end
