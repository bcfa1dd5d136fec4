"""What dataset.json declares, as far as the job needs it; that it is valid is checked before the job is started."""

import unicodedata

# Kinds that are not read at all.
UNREAD = {"constant", "text", "leaking"}
# A column of these has levels, whose places are its values.
LEVELS = {"categorical", "yes_no"}


class Declared:
    def __init__(self, declaration: dict):
        self.json = declaration
        self.columns = {column["name"]: column for column in declaration["columns"]}
        self.target = declaration["target"]
        self.weight = declaration.get("weight")
        self.group = declaration.get("group")
        self.time = declaration.get("time")

    @property
    def stored(self) -> list[dict]:
        """The columns that are read, in declared order."""
        return [column for column in self.columns.values() if column["kind"] not in UNREAD]

    @property
    def features(self) -> list[dict]:
        """The columns that the model reads, in declared order."""
        others = {self.target, self.weight, self.group}
        return [column for column in self.stored if column["name"] not in others and column["kind"] != "identifier"]

    @property
    def classes(self) -> list[str] | None:
        """The classes of the target; None of numbers."""
        return levels_of(self.columns[self.target])

    @property
    def task(self) -> str:
        if self.classes is None:
            return "regression"
        return "binary" if len(self.classes) == 2 else "multiclass"


def levels_of(column: dict) -> list[str] | None:
    if column["kind"] == "yes_no":
        return [column["no"], column["yes"]]
    return column["levels"] if column["kind"] == "categorical" else None


def header_key(header: str) -> str:
    """What makes headers alike: their letters and digits, whatever the case and punctuation."""
    text = unicodedata.normalize("NFKC", header)
    letters = "".join(letter for letter in text if unicodedata.category(letter)[0] in "LNM")
    alike = letters.upper().lower() if letters else "".join(text.split())
    return unicodedata.normalize("NFKC", alike)
