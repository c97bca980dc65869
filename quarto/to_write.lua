-- What is still to be written is seen in the PDF too: Pandoc highlights it in pages and in Word alone.

function Span(span)
  if span.classes:includes("mark") and quarto.doc.is_format("typst") then
    local shown = pandoc.Inlines({ pandoc.RawInline("typst", "#highlight[") })
    shown:extend(span.content)
    shown:insert(pandoc.RawInline("typst", "]"))
    return shown
  end
end
