"""Changes of a plan carried out in the text of `issue.yaml`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from pipeline.desk.writing.plan_changes import (
    AddArticle,
    AddSection,
    MoveArticle,
    MoveSection,
    PutBackArticle,
    RenameSection,
    SetField,
    SetLead,
    SetOrder,
    TakeOutArticle,
    TakeOutSection,
)
from pipeline.files.yaml_items.item_edits import ItemEditor
from pipeline.findings.finding import IssueError, PressError, found
from pipeline.findings.place import Place
from pipeline.models.issue import composed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.desk.writing.plan_changes import PlanChange
    from pipeline.files.yaml_text import Value
    from pipeline.findings.finding import Finding

SECTIONS: Final = ("sections",)


class PlanText:
    """The text of a plan, in which changes are carried out.

    Args:
        text: The text.
        path: The file, for findings.
        names: The names of its sections, where they are not their positions.
        has_articles: Whether its sections list articles, as those of another language do not.

    Raises:
        IssueError: It cannot be read as YAML.
    """

    def __init__(
        self, text: str, path: str, names: Sequence[str] | None = None, *, has_articles: bool = True
    ) -> None:
        self._path = path
        self._has_articles = has_articles
        self._editor = ItemEditor(text, path)
        self._names = list(names) if names is not None else [str(at) for at, _ in enumerate(self.sections)]

    @property
    def text(self) -> str:
        """The text as it is now."""
        return self._editor.text

    @property
    def fields(self) -> dict[str, Any]:
        """All fields as written."""
        fields = self._editor.value(())
        return fields if isinstance(fields, dict) else {}

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The sections as written."""
        return sections_in(self.fields)

    def apply(self, change: PlanChange, added: str = "") -> None:
        """Carry a change out.

        Args:
            change: The change.
            added: The file of the article, where one is added.

        Raises:
            IssueError: It names what is not there (E606), a section that has articles would go (E607), or
                it cannot be written (E605).
        """
        try:
            self._apply(change, added)
        except PressError as refused:
            raise self._error("E605", _named(change)) from refused

    def _apply(self, change: PlanChange, added: str) -> None:
        match change:
            case SetField(field, value):
                self._editor.set(field, value)
            case AddSection() | MoveSection() | TakeOutSection() | RenameSection() | SetLead() | SetOrder():
                self._apply_to_sections(change)
            case AddArticle(section, position):
                self._put_in(section, position, added)
            case PutBackArticle(name, section, position):
                if self._found(name) is None:
                    self._put_in(section, position, name)
            case MoveArticle(name, section, position):
                source, item = self._listed(name)
                goal = (*SECTIONS, self._at(section), "articles")
                self._editor.move(source, item, goal, position)
            case TakeOutArticle(name):
                self._editor.take_out(*self._listed(name))

    def _apply_to_sections(self, change: PlanChange) -> None:
        match change:
            case RenameSection(section, title):
                self._editor.set((*SECTIONS, self._at(section), "title"), title)
            case SetLead(section, lead):
                self._editor.set((*SECTIONS, self._at(section), "lead"), lead or None)
            case SetOrder(section, order):
                self._editor.set((*SECTIONS, self._at(section), "order"), order or None)
            case AddSection(title, position, name):
                listed: dict[str, Value] = {"articles": []} if self._has_articles else {}
                self._editor.put_in(SECTIONS, position, {"title": title, **listed})
                self._names.insert(position, name)
            case MoveSection(section, position):
                at = self._at(section)
                self._editor.move(SECTIONS, at, SECTIONS, position)
                self._names.insert(position, self._names.pop(at))
            case TakeOutSection(section):
                at = self._at(section)
                if self.sections[at].get("articles"):
                    raise self._error("E607", str(self.sections[at].get("title")))
                self._editor.take_out(SECTIONS, at)
                del self._names[at]

    def _put_in(self, section: str, position: int, name: str) -> None:
        self._editor.put_in((*SECTIONS, self._at(section), "articles"), position, name)

    def _at(self, section: str) -> int:
        if section not in self._names:
            raise self._error("E606", section)
        return self._names.index(section)

    def _listed(self, name: str) -> tuple[tuple[str | int, ...], int]:
        place = self._found(name)
        if place is None:
            raise self._error("E606", name)
        return place

    def _found(self, name: str) -> tuple[tuple[str | int, ...], int] | None:
        for at, section in enumerate(self.sections):
            for item, each in enumerate(articles_in(section)):
                if composed(each) == composed(name):
                    return (*SECTIONS, at, "articles"), item
        return None

    def _error(self, code: str, name: str) -> IssueError:
        finding: Finding = found(code, Place(self._path), name=name[:80])
        return IssueError([finding])


def applied(text: str, path: str, changes: Sequence[PlanChange], added: Sequence[str]) -> str:
    """Return a plan with changes carried out; see `PlanText.apply`."""
    return _applied(PlanText(text, path), changes, added)


def applied_again(
    texts: tuple[str, str, str], path: str, changes: Sequence[PlanChange], added: Sequence[str]
) -> str | None:
    """Carry changes out in a plan that somebody else has changed; None where one is against the other.

    Args:
        texts: The plan they were made in, what they made of it, and the other's.
        path: The file, for findings.
        changes: The changes.
        added: The files of the articles that are added.
    """
    base, ours, theirs = (PlanText(text, path) for text in texts)
    titles = [str(each.get("title")) for each in base.sections]
    others = [str(each.get("title")) for each in theirs.sections]
    if any(titles.count(title) > 1 for title in titles) or len(set(others)) < len(others):
        return None
    if not _keep_order(base, theirs, changes):
        return None
    names = [
        str(titles.index(title)) if title in titles else f"other {at}" for at, title in enumerate(others)
    ]
    try:
        plan = PlanText(texts[2], path, names)
        merged = _applied(plan, changes, added)
    except IssueError:
        return None
    said = [Counter(_leaves(each.fields)) for each in (base, ours, theirs, PlanText(merged, path))]
    for leaf in {each for counter in said for each in counter}:
        before, one, other, both = (counter[leaf] for counter in said)
        if both != one + other - before:
            return None
    return merged


def _applied(plan: PlanText, changes: Sequence[PlanChange], added: Sequence[str]) -> str:
    files = iter(added)
    for change in changes:
        plan.apply(change, next(files) if isinstance(change, AddArticle) else "")
    return plan.text


def _keep_order(base: PlanText, theirs: PlanText, changes: Sequence[PlanChange]) -> bool:
    """Return whether the other left the order alone of what the changes put into another order."""
    orders = []
    if any(isinstance(change, MoveSection) for change in changes):
        orders.append([[str(each.get("title")) for each in plan.sections] for plan in (base, theirs)])
    if any(isinstance(change, MoveArticle) for change in changes):
        plans = (base, theirs)
        orders.append([[name for each in plan.sections for name in articles_in(each)] for plan in plans])
    for before, after in orders:
        common = set(before) & set(after)
        if [each for each in before if each in common] != [each for each in after if each in common]:
            return False
    return True


def sections_in(fields: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the sections of a plan as written; what is none is an empty one."""
    sections = fields.get("sections")
    return [each if isinstance(each, dict) else {} for each in sections] if isinstance(sections, list) else []


def places_now(then: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]) -> list[int | None]:
    """Return where each section of a plan stands in a later one; None where it is gone or that is not sure.

    Args:
        then: The sections of the one, as written.
        now: Those of the other.
    """
    if list(then) == list(now):
        return list(range(len(then)))
    places: list[int | None] = []
    for section in then:
        found_at = None
        for kept in (_title_of, articles_in):
            same = [at for at, each in enumerate(now) if kept(each) == kept(section)]
            if kept(section) and len(same) == 1 == [kept(each) for each in then].count(kept(section)):
                found_at = same[0]
                break
        places.append(found_at)
    return [at if places.count(at) == 1 else None for at in places]


def _title_of(section: Mapping[str, Any]) -> str:
    return str(section.get("title") or "")


def articles_in(section: Mapping[str, Any]) -> list[str]:
    """Return the files a section lists."""
    articles = section.get("articles")
    return [each for each in articles if isinstance(each, str)] if isinstance(articles, list) else []


def _leaves(value: Any, place: str = "") -> Iterator[str]:  # noqa: ANN401 - text, lists and fields
    """Yield the values of a plan, each with its field, and what is in a section with the section's title."""
    if isinstance(value, dict):
        for name, each in value.items():
            if name == "sections":
                for section in sections_in(value):
                    yield from _leaves(section, f"section {section.get('title')}.")
            else:
                yield from _leaves(each, f"{place}{name}.")
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each, place)
    else:
        yield f"{place} {value}"


def _named(change: PlanChange) -> str:
    return " ".join(str(each) for each in change)
