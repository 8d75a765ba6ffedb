"""Pure music: what a score is, without Django, torch or pycrdt."""
