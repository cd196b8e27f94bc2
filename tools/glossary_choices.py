"""The choices behind the shipped glossary that no table of facts can make.

Arabic forms are keys as they stand in the tables.
"""

ENGLISH: dict[str, str] = {}
ALSO: dict[str, list[str]] = {}
BLOCKED: list[tuple[str, str, str]] = []
CERTAIN: set[str] = set()
CONDITIONS: dict = {}
DROPPED: set[str] = set()
EXTRA: list = []
FORBIDDEN: dict[str, list[str]] = {}
FUZZY: set[str] = set()
KEYS: dict[str, str] = {}
MOVED: dict[str, tuple[str, str]] = {}
