-- Gives the manual its two forms, for pandoc. In a man page it follows the customs of Tcl's own
-- pages: what is literal is bold, a table is a list of terms, and a link is plain text. In HTML the
-- sections are below the title, and a link to the other manual leads to its HTML page.

local manual_page = FORMAT == "man"

function Code(code)
    if manual_page then
        return pandoc.Strong(pandoc.Str(code.text))
    end
end

function Header(header)
    if not manual_page then
        header.level = header.level + 1
        return header
    end
end

function Link(link)
    if manual_page then
        return link.content
    end
    link.target = link.target:gsub("^(www[%w-]*)%.md", "%1.html")
    return link
end

-- The cell of a table, as inlines.
local function inlines(cell)
    return pandoc.utils.blocks_to_inlines(cell.contents)
end

function Table(table)
    if not manual_page then
        return nil
    end
    local items = {}
    for _, body in ipairs(table.bodies) do
        for _, row in ipairs(body.body) do
            local term, explanation = row.cells[1], row.cells[2]
            items[#items + 1] = { inlines(term), { { pandoc.Plain(inlines(explanation)) } } }
        end
    end
    return pandoc.DefinitionList(items)
end
