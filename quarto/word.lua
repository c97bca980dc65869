-- Word documents that an author can submit: Quarto puts each figure and each table with its caption
-- into a table of one cell. Take them out, so that tables are plain tables with a caption above, figures
-- stay with the caption below, and images have their alternative text.

local function is_caption(block)
  local first = block.t == "Para" and block.content[1]
  return first and first.t == "RawInline" and first.text:find("ImageCaption", 1, true)
end

local function alternative_text(image)
  local alt = image.attributes["fig-alt"] or image.attributes["alt"]
  if alt then
    image.caption = pandoc.Inlines({ pandoc.Str(alt) })
    return image
  end
end

-- The rows of a short table stay together; those of a longer one may part, so that no page is left empty.
local SHORT = 14

-- An image by itself: its style keeps it with the caption below.
local function with_its_caption(block)
  local image
  for _, inline in ipairs(block.content) do
    if inline.t == "Image" and not image then
      image = inline
    elseif inline.t ~= "Space" and inline.t ~= "SoftBreak" then
      return nil
    end
  end
  if image then
    local own = pandoc.Attr("", {}, { ["custom-style"] = "Captioned Figure" })
    return pandoc.Div({ pandoc.Para({ image }) }, own)
  end
end

-- The title of a group of rows.
local function is_title(row)
  for place, cell in ipairs(row.cells) do
    if place > 1 and pandoc.utils.stringify(cell.contents) ~= "" then
      return false
    end
  end
  return true
end

local long_text = {
  Plain = function(block)
    return pandoc.Div({ pandoc.Para(block.content) }, pandoc.Attr("", {}, { ["custom-style"] = "Long Table Text" }))
  end,
}

local function parted(table)
  local rows = 0
  for _, body in ipairs(table.bodies) do
    rows = rows + #body.body
  end
  if rows <= SHORT then
    return nil
  end
  for _, body in ipairs(table.bodies) do
    for _, row in ipairs(body.body) do
      -- A title stays with the row below it, as rows of short tables do.
      if not is_title(row) then
        for _, cell in ipairs(row.cells) do
          cell.contents = cell.contents:walk(long_text)
        end
      end
    end
  end
  return table
end

local function taken_out(wrapper)
  local body = wrapper.bodies[1]
  if #wrapper.bodies ~= 1 or #body.body ~= 1 or #body.body[1].cells ~= 1 then
    return nil
  end
  local div = body.body[1].cells[1].contents[1]
  if not div or div.t ~= "Div" or not div.identifier:find("^%a+-") then
    return nil
  end
  local style = div.identifier:find("^tbl-") and "Table Caption" or "Image Caption"
  div.content = div.content:walk({
    Para = function(block)
      if is_caption(block) then
        block.content:remove(1)
        return pandoc.Div({ block }, pandoc.Attr("", {}, { ["custom-style"] = style }))
      end
      return with_its_caption(block)
    end,
    Plain = with_its_caption,
    Image = alternative_text,
    Table = parted,
  })
  return div
end

return {
  {
    traverse = "topdown",
    Table = function(wrapper)
      if quarto.doc.is_format("docx") then
        local div = taken_out(wrapper)
        if div then
          return div, false
        end
      end
    end,
  },
}
