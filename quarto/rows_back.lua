-- Rows that rows_away.lua put away are put back; a document that would lack some is not made.

local away = _G.rows_put_away or { rows = {}, back = {} }

local function mark_of(table)
  local body = table.bodies[1]
  local row = body and body.body[1]
  local block = row and row.cells[1] and row.cells[1].contents[1]
  local first = block and block.content and block.content[1]
  return first and first.t == "RawInline" and first.format == "rows-away" and tonumber(first.text)
end

return {
  {
    Table = function(table)
      local mark = mark_of(table)
      if not mark then
        return nil
      end
      local bodies = table.bodies
      for place, rows in ipairs(away.rows[mark]) do
        bodies[place].body = rows
      end
      table.bodies = bodies
      away.back[mark] = true
      return table
    end,
  },
  {
    Pandoc = function()
      for place = 1, #away.rows do
        if not away.back[place] then
          io.stderr:write("The rows of a table are lost between rows_away.lua and rows_back.lua.\n")
          os.exit(1)
        end
      end
    end,
  },
}
