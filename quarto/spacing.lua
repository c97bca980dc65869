-- French pages: no line begins with a sign that French typography sets off by a space.

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
  local language = pandoc.utils.stringify(document.meta.lang or "")
  if language:sub(1, 2) == "fr" then
    return document:walk({ Inlines = with_no_break_spaces })
  end
end
