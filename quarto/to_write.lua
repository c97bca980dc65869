-- What is still to be written is seen in the PDF too: Pandoc highlights it in pages and in Word alone.

function Span(span)
  if span.classes:includes("mark") and quarto.doc.is_format("typst") then
    local shown = pandoc.Inlines({ pandoc.RawInline("typst", "#highlight[") })
    shown:extend(span.content)
    -- A word joiner: Typst would take a semicolon after it for the end of its command.
    shown:insert(pandoc.RawInline("typst", "]\u{2060}"))
    return shown
  end
end
