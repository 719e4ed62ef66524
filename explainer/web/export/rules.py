"""Which headers go with which files, in few rules: one for all, some for a folder or an ending."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from explainer.web.export.walk import Exported

BY_THE_SERVER = frozenset(
    {
        "allow", "content-encoding", "content-length", "content-type", "date", "etag",
        "last-modified", "location", "server", "vary",
    }
)  # fmt: skip
"""Headers that a server of files makes itself, or that one answer alone has."""
STEM = "{stem}"
"""Stands in a value for the file's address without its ending."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What one header says: to all files, in a folder (`static/`), by an ending (`.md`), to one.

    The narrowest that fits counts. An empty value is no header.
    """

    name: str
    common: str
    folders: Mapping[str, str]
    endings: Mapping[str, str]
    files: Mapping[str, str]

    def value(self, file: str) -> str:
        """Give what the header says with a file."""
        folder, ending = file.partition("/")[0] + "/", _ending(file)
        by_group = self.folders.get(folder, self.endings.get(ending, self.common))
        return self.files.get(file, by_group).replace(STEM, file.removesuffix(ending))


def rules_of(found: Sequence[Exported], folders: Iterable[str]) -> list[Rule]:
    """Find the rules that give each file exactly the headers it was answered with.

    Files in one of `folders` are alike, others by their ending.
    """
    names = {name.lower(): name for one in found for name, _ in one.headers}
    return [
        _rule(names[name], found, {folder.strip("/") + "/" for folder in folders})
        for name in sorted(names.keys() - BY_THE_SERVER)
    ]


def _rule(name: str, found: Sequence[Exported], folders: set[str]) -> Rule:
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for one in found:
        values = [value for key, value in one.headers if key.lower() == name.lower()]
        folder = one.file.partition("/")[0] + "/"
        group = folder if folder in folders else _ending(one.file)
        groups[group][one.file] = ", ".join(values)
    common = _most(value for values in groups.values() for value in values.values())
    usual = {group: _usual(values) for group, values in groups.items()}
    files = {
        file: value
        for group, values in groups.items()
        for file, value in values.items()
        if value != usual[group].replace(STEM, file.removesuffix(_ending(file)))
    }
    endings = {g: value for g, value in usual.items() if g not in folders and value != common}
    # A folder that has the common value says so where an ending would tell its files another.
    of_folders = {g: usual[g] for g in folders & usual.keys() if endings or usual[g] != common}
    return Rule(name, common, of_folders, endings, files)


def _usual(values: Mapping[str, str]) -> str:
    """Give the value that most files have, written with their address where it holds that."""
    stems = {file: file.removesuffix(_ending(file)) for file in values}
    as_they_are = _most(values.values())
    patterns = _most(values[file].replace(f"/{stem}/", f"/{STEM}/") for file, stem in stems.items())
    fits = sum(patterns.replace(STEM, stem) == values[file] for file, stem in stems.items())
    return patterns if fits > [*values.values()].count(as_they_are) else as_they_are


def _most(values: Iterable[str]) -> str:
    return Counter(values).most_common(1)[0][0]


def _ending(file: str) -> str:
    name = file.rpartition("/")[2]
    return f".{name.rpartition('.')[2]}" if "." in name else ""
