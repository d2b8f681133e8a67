"""The book: LaTeX from Sphinx, the page it becomes, and the run of LuaLaTeX."""
