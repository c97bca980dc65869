-- Rows of tables, put away while the filters of Quarto pass over a Word document or a PDF: they look at every word
-- several times, and change none in a table of numbers. rows_back.lua puts them back.

local away = { rows = {}, back = {} }
_G.rows_put_away = away

local told_by_quarto = { "Cite", "Note", "Image", "Link", "Math", "RawInline", "Span" }

local function is_plain(table)
  local plain = true
  local looks = {}
  for _, kind in ipairs(told_by_quarto) do
    looks[kind] = function()
      plain = false
    end
  end
  table:walk(looks)
  return plain
end

function Table(table)
  if not (quarto.doc.is_format("docx") or quarto.doc.is_format("typst")) or not is_plain(table) then
    return nil
  end
  local rows, bodies = {}, table.bodies
  if #bodies == 0 then
    return nil
  end
  for place, body in ipairs(bodies) do
    rows[place] = body.body
    body.body = pandoc.List({})
  end
  away.rows[#away.rows + 1] = rows
  local mark = pandoc.RawInline("rows-away", tostring(#away.rows))
  bodies[1].body = { pandoc.Row({ pandoc.Cell({ pandoc.Plain({ mark }) }) }) }
  table.bodies = bodies
  return table
end
