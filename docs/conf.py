"""How the documentation becomes pages: `./test docs` builds them into var/docs, with warnings as errors."""

project = "善治 Shanzhi"
author = "the people of Shanzhi"
extensions = ["myst_parser"]
root_doc = "index"
language = "zh_CN"
source_suffix = {".md": "markdown"}
myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence"]
# Links out of docs/ lead into the repository: tests/docs checks them, the built pages show them as they are.
suppress_warnings = ["myst.xref_missing"]

html_theme = "furo"
html_title = "善治 Shanzhi"
html_static_path = ["_static"]
html_css_files = ["docs.css"]
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_last_updated_fmt = None
html_theme_options = {
    "light_css_variables": {
        "font-stack": '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif',
        "color-brand-primary": "#14586b",
        "color-brand-content": "#14586b",
    },
    "dark_css_variables": {"color-brand-primary": "#85cbe0", "color-brand-content": "#85cbe0"},
}
