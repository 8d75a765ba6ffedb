"""A file that can't be opened: why, and what to do."""


class FileRefused(Exception):
    """`code` is stable and translated by the pages; `text` is said in English."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
