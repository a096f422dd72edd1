"""The look: base page, components, wording, assets. Knows no feature."""
