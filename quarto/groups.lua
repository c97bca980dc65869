-- The title of a group of rows stands in their first column: it takes the whole width of the table.

local function title_of_group(row)
  local first = row.cells[1]
  local block = #row.cells > 1 and #first.contents == 1 and first.contents[1]
  if not block or not block.content or #block.content ~= 1 or block.content[1].t ~= "Strong" then
    return nil
  end
  for place = 2, #row.cells do
    if #row.cells[place].contents > 0 then
      return nil
    end
  end
  return first
end

function Table(table)
  for _, body in ipairs(table.bodies) do
    for _, row in ipairs(body.body) do
      local title = title_of_group(row)
      if title then
        title.col_span = #row.cells
        title.alignment = "AlignLeft"
        row.cells = { title }
      end
    end
  end
  return table
end
