"""What a voice says when it can't sing."""


class VoiceError(Exception):
    """A voice refuses: `code` is stable ("settings", "nothing_to_sing"), `text` says why."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
