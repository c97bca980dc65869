-- A page or a body in two languages: what is said in that of the page, ::: {.fr} or [in English]{.en},
-- and what leads to a language that the study may not have, [English version]{.also-en}, or to guides that
-- are not beside it, [they explain it]{.with-guides}.

local shown = {}

local function said(element)
  local class = element.classes[1] or ""
  if shown[class] == false then
    return {}
  elseif shown[class] then
    return element.content
  end
end

function Pandoc(document)
  local page = pandoc.utils.stringify(document.meta.lang or ""):sub(1, 2)
  for _, language in ipairs({ "fr", "en" }) do
    shown[language] = language == page
    shown["also-" .. language] = document.meta["study-languages"] == nil
  end
  for _, language in ipairs(document.meta["study-languages"] or {}) do
    shown["also-" .. pandoc.utils.stringify(language)] = true
  end
  shown["with-guides"] = document.meta["study-guides"] ~= false
  -- A document on its own has no other language to lead to.
  if not quarto.doc.is_format("html") then
    shown["also-fr"], shown["also-en"] = false, false
  end
  return document:walk({ Div = said, Span = said })
end
