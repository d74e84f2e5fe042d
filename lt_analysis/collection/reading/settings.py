"""Settings written as YAML: plain ones, each of them once.

What YAML can do beyond that is refused: tags, which make objects, and anchors with their aliases, of which a few
lines can stand for billions.
"""

from pathlib import Path

import yaml

from lt_analysis.codebook.mistakes import RawDataError

MOST_BYTES = 1 << 20
DEEPEST = 8  # settings within settings; YAML's reader takes the square of the time for what lies deeper


def read_settings(path: Path, file: str) -> dict:
    """Read a file of settings. Raises `RawDataError`, with the line as its row where that is known."""
    if path.stat().st_size > MOST_BYTES:
        reason = f"it is longer than {MOST_BYTES // (1 << 20)} megabyte"
        raise RawDataError(reason, "Keep nothing but settings in it", file=file)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise RawDataError("it holds characters that are not UTF-8", "Save it as UTF-8", file=file) from None
    try:
        _refuse_more_than_settings(text, file)
        _refuse_settings_said_twice(yaml.compose(text, Loader=yaml.SafeLoader), file)
        settings = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        remedy = "Check its indents, colons and quotes"
        raise RawDataError("it cannot be read as YAML", remedy, file=file, row=mark and mark.line + 1) from None
    if not isinstance(settings, dict):
        raise RawDataError("it holds no settings", "Write one setting a line, as `name: ...`", file=file)
    return settings


def _refuse_more_than_settings(text: str, file: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            reason, remedy = "it holds settings within settings beyond any that there are", "Look for a stray bracket"
            raise RawDataError(reason, remedy, file=file, row=event.start_mark.line + 1)
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            reason = "it holds a tag, an anchor or an alias, which settings do not need"
            remedy = "Write every setting out, and put quotation marks around text that begins with !, & or *"
            raise RawDataError(reason, remedy, file=file, row=event.start_mark.line + 1)


def _refuse_settings_said_twice(node: yaml.Node | None, file: str) -> None:
    """Refuse a setting, or a word under it, that stands twice: YAML would take the last and say nothing."""
    names = set()
    for name, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if isinstance(name, yaml.ScalarNode):
            if name.value in names:
                remedy = "Keep one, with all that belongs under it"
                raise RawDataError("a setting stands twice", remedy, file=file, row=name.start_mark.line + 1)
            names.add(name.value)
        _refuse_settings_said_twice(value, file)
