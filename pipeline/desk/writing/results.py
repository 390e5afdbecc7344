"""What opening and saving return."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.desk.writing.disk.version import Version
    from pipeline.editor.writing.nodes import Document
    from pipeline.files.yaml_edit import Field
    from pipeline.files.yaml_text import Value
    from pipeline.findings.finding import Finding


class OpenArticle(NamedTuple):
    """An article as it is in its file.

    Args:
        version: Of the file.
        kind: What its head says it is; `article` where it does not say.
        head: The fields of its front matter as written: texts, lists and dicts, None where a field is empty.
        document: Its text, for the editor.
        text: The whole file, with its own line ends.
        findings: What is wrong with this article by itself.
    """

    version: Version
    kind: str
    head: dict[str, Any]
    document: Document
    text: str
    findings: tuple[Finding, ...] = ()


class ArticleChange(NamedTuple):
    """A change of an article. What is None stays as it is.

    Args:
        document: What its text shall say: the opened document, as somebody changed it.
        head: New values by the path of the field: `("budget", "total")`; None takes a field out.
        text: The whole file, as somebody chose or typed it; the two others are ignored then.
    """

    document: Document | None = None
    head: Mapping[Field, Value] | None = None
    text: str | None = None


class Passage(NamedTuple):
    """Words that stand beside one another in three texts.

    Args:
        base: Where both began.
        ours: As it was to be saved.
        theirs: As it is in the file.
        is_conflict: Whether both changed it, and nothing was chosen.
    """

    base: str
    ours: str
    theirs: str
    is_conflict: bool = False


class Saved(NamedTuple):
    """An article that was saved.

    Args:
        version: The file's, as it is now.
        document: What the file says now; also what somebody else changed, where it was merged.
        head: Its fields.
        merged: Whether the file had been changed since the base, and both changes are in it.
        findings: What is wrong with the article by itself, and W602 where marks had to be left out.
        kind: What its head says it is.
        text: The whole file.
    """

    version: Version
    document: Document
    head: dict[str, Any]
    merged: bool
    findings: tuple[Finding, ...]
    kind: str
    text: str


class Conflict(NamedTuple):
    """Two changes that cannot both be made. Nothing was written; both texts are in the history.

    To settle it, save again with `base=conflict.version`, a document or a whole text that somebody chose.

    Args:
        version: The file's, as it is: the base of the next attempt.
        ours: The text that was to be saved.
        theirs: The text that is in the file.
        base: The text both began from; empty where the history no longer has it.
        parts: All three, side by side, from the first to the last word.
    """

    version: Version
    ours: str
    theirs: str
    base: str
    parts: tuple[Passage, ...]


class ArticleEntry(NamedTuple):
    """An article as the plan lists it.

    Args:
        name: Its file.
        title: As its head gives it; empty where there is none.
        kind: Likewise; `article` where it does not say, empty where there is no such file.
    """

    name: str
    title: str
    kind: str


class SectionEntry(NamedTuple):
    """A section.

    Args:
        name: Its position in this version of the plan, from "0".
        title: Its head.
        lead: The sentence or two below it; empty where there is none.
        articles: In order.
        order: Whether short pieces may change places, as written; empty where it does not say.
    """

    name: str
    title: str
    lead: str
    articles: tuple[ArticleEntry, ...]
    order: str = ""


class Plan(NamedTuple):
    """`issue.yaml` as it is.

    Args:
        version: Of the file.
        masthead: Its fields but the sections, as written.
        sections: In order.
        unlisted: Articles in the folder that no section lists.
        findings: What is wrong with the file by itself.
    """

    version: Version
    masthead: dict[str, Any]
    sections: tuple[SectionEntry, ...]
    unlisted: tuple[ArticleEntry, ...] = ()
    findings: tuple[Finding, ...] = ()


class SavedPlan(NamedTuple):
    """A plan that was saved.

    Args:
        plan: As it is now.
        merged: Whether somebody else's changes are in it, too.
        added: The files of the articles that were added, in the order of the changes.
    """

    plan: Plan
    merged: bool = False
    added: tuple[str, ...] = ()


class Settings(NamedTuple):
    """`publication.yaml` or `house.yaml` as it is.

    Args:
        version: Of the file; that of an empty one where there is none yet.
        fields: As written: texts, lists and dicts.
        findings: What is wrong with the file by itself.
    """

    version: Version
    fields: dict[str, Any]
    findings: tuple[Finding, ...] = ()


class SavedSettings(NamedTuple):
    """Settings that were saved.

    Args:
        settings: As they are now.
        merged: Whether somebody else's changes are in them, too.
    """

    settings: Settings
    merged: bool = False


SaveResult = Saved | Conflict
PlanResult = SavedPlan | Conflict
SettingsResult = SavedSettings | Conflict
