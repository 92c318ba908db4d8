"""How much room the report's first page of content has left, without laying it out."""

from excel_uppsikt.report.manuscript import Manuscript


class Page:
    """How much room the page has left, in twentieths of a point, by what its texts are likely to take."""

    _LINE, _AFTER, _AFTER_BULLET, _INDENT, _LETTER, _MARGIN = 290, 160, 10, 397, 98, 240

    def __init__(self, script: Manuscript) -> None:
        section = script.document.sections[-1]
        edges = (section.top_margin or 0) + (section.bottom_margin or 0)
        self.left = ((section.page_height or 0) - edges) // 635 - self._MARGIN
        letter = self._LETTER * script.look.wide // 100
        self._letters = script.width // letter
        self._in_bullet = (script.width - self._INDENT) // letter

    def take(self, *texts: str, other: int = 0) -> None:
        """Uses room for paragraphs, and for `other` things."""
        self.left -= sum(map(self.height, texts)) + other

    def height(self, text: str) -> int:
        """What a paragraph of ordinary text takes."""
        return -(-len(text) // self._letters) * self._LINE + self._AFTER if text else 0

    def bullet(self, text: str) -> int:
        """What a bullet takes among others."""
        return -(-len(text) // self._in_bullet) * self._LINE + self._AFTER_BULLET
