-- Links from Word and from a PDF: a page of the site is told by its address, where the study has one
-- (``site`` in the metadata of the page), and as plain text where it has none.

local site = nil

local function leads_to_a_page(target)
  return not target:find("^%a[%w+.-]*:") and not target:find("^#")
    and (target:find("%.qmd") or target:find("%.html"))
end

return {
  {
    Meta = function(meta)
      site = meta["study-site"] and pandoc.utils.stringify(meta["study-site"])
    end,
  },
  {
    Link = function(link)
      if quarto.doc.is_format("html") or not leads_to_a_page(link.target) then
        return nil
      end
      if not site then
        return link.content
      end
      link.target = site .. link.target:gsub("%.qmd", ".html")
      return link
    end,
  },
}
