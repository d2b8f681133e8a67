-- The hyphens at the ends of lines, as programs read them.
--
-- A program that copies, searches or speaks a page drops one hyphen at a line's end and joins the word. That is right
-- where the hyphen is ours. A hyphen that is the word's own ("self-", "criticism") would be lost with it: so the file
-- says that there are two, the word's and the line's, and one is left.
local own = luatexbase.new_attribute("edition_own_hyphen")
local AUTOMATIC = 2 -- subtype of the break that TeX allows behind a hyphen of the text
local glyph, disc, line = node.id("glyph"), node.id("disc"), node.id("hlist")
local passed = {}
for _, name in ipairs({"glue", "kern", "margin_kern", "penalty", "disc", "whatsit"}) do
  passed[node.id(name)] = true
end

local function mark_own(head)
  for found in node.traverse_id(disc, head) do
    if found.subtype == AUTOMATIC then
      for hyphen in node.traverse_id(glyph, found.pre) do
        node.set_attribute(hyphen, own, 1)
      end
    end
  end
  return true
end

local function literal(code)
  local made = node.new("whatsit", "pdf_literal")
  made.mode = 1 -- between text objects
  made.data = code
  return made
end

local function say_both(head)
  for found in node.traverse_id(line, head) do
    local last = node.tail(found.head)
    while last and passed[last.id] do
      last = last.prev
    end
    if last and last.id == glyph and node.has_attribute(last, own) then
      found.head = node.insert_before(found.head, last, literal("/Span <</ActualText <FEFF002D002D>>> BDC"))
      node.insert_after(found.head, last, literal("EMC"))
    end
  end
  return true
end

luatexbase.add_to_callback("pre_linebreak_filter", mark_own, "edition.mark_own")
luatexbase.add_to_callback("post_linebreak_filter", say_both, "edition.say_both")
