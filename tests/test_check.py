"""What holds for every check: one verdict for each file, and none that is missing passes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from communique.checks.check import Check, Target, judge, targets
from communique.checks.publication import Output, Publication
from communique.checks.verdict import Finding, NoVerdict, Result, Severity, Verdict
from communique.doctor import Places, places

FAULT = Finding(Severity.ERROR, "Judge", "fault", "a.html", "", "it is wrong")


def publication(folder: Path, *names: str) -> Publication:
    """A folder of empty files as a publication without a master."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return Publication(folder.name, folder, None)


def check(run: object, name: str = "one") -> Check:
    """A check of all web pages that runs in a given way."""
    return Check(name, "Judge", "All is well.", (), lambda each: each.named({"html"}), run, lambda _: "1")  # type: ignore[arg-type]


def judged(check: Check, *publications: Publication) -> list[tuple[str, Verdict, str]]:
    """The verdicts of a check: file, outcome and why there is none."""
    results = judge({check.name: check}, publications, places(), lambda _: None)
    return [(result.path, result.verdict, result.unchecked) for result in results]


@pytest.fixture
def two(tmp_path: Path) -> Publication:
    """A statement of two web pages."""
    return publication(tmp_path / "a", "a.fr.html", "a.html", "a.pdf")


def test_each_file_has_the_verdict_that_was_given(two: Publication) -> None:
    def run(wanted: Sequence[Target], _: Places) -> Iterable[Result]:
        for each, name in reversed(wanted):
            yield Result("one", each.slug, name, (FAULT,) if name == "a.html" else ())

    assert judged(check(run), two) == [("a.fr.html", Verdict.PASSED, ""), ("a.html", Verdict.FAILED, "")]


def test_a_file_of_which_nothing_is_said_is_unchecked(two: Publication) -> None:
    def run(wanted: Sequence[Target], _: Places) -> Iterable[Result]:
        yield Result("one", wanted[0][0].slug, wanted[0][1])

    first, second = judged(check(run), two)
    assert first == ("a.fr.html", Verdict.PASSED, "")
    assert second[1] is Verdict.UNCHECKED
    assert "said nothing" in second[2]


def test_what_a_judge_said_before_it_broke_off_stands_and_the_rest_is_unchecked(two: Publication) -> None:
    def run(wanted: Sequence[Target], _: Places) -> Iterable[Result]:
        yield Result("one", wanted[0][0].slug, wanted[0][1])
        raise NoVerdict("Judge: was killed (run it again)")

    assert judged(check(run), two) == [
        ("a.fr.html", Verdict.PASSED, ""),
        ("a.html", Verdict.UNCHECKED, "Judge: was killed (run it again)"),
    ]


def test_a_bug_in_a_check_is_no_pass_and_stops_no_other(two: Publication) -> None:
    def wrong(_: Sequence[Target], __: Places) -> Iterable[Result]:
        raise KeyError("a\nb")

    def right(wanted: Sequence[Target], _: Places) -> Iterable[Result]:
        return (Result("two", each.slug, name) for each, name in wanted)

    checks = {"one": check(wrong), "two": check(right, "two")}
    results = judge(checks, [two], places(), lambda _: None)
    assert [result.verdict for result in results] == [Verdict.UNCHECKED] * 2 + [Verdict.PASSED] * 2
    assert results[0].unchecked == r"a bug: KeyError: 'a\nb' (report it)"


def test_two_verdicts_on_one_file_are_a_bug(two: Publication) -> None:
    def run(wanted: Sequence[Target], _: Places) -> Iterable[Result]:
        yield Result("one", wanted[0][0].slug, wanted[0][1], (FAULT,))
        yield Result("one", wanted[0][0].slug, wanted[0][1])

    first, second = judged(check(run), two)
    assert first == ("a.fr.html", Verdict.FAILED, "")
    assert "two verdicts on a.fr.html" in second[2]


def test_findings_of_a_judge_that_broke_off_do_not_make_a_verdict() -> None:
    assert Result("one", "a", "a.html", (FAULT,), "broke off").verdict is Verdict.UNCHECKED


def test_every_verdict_is_reported_as_it_comes(two: Publication) -> None:
    def run(wanted: Sequence[Target], _: Places) -> Iterable[Result]:
        return (Result("one", each.slug, name) for each, name in wanted)

    heard: list[str] = []
    judge({"one": check(run)}, [two], places(), heard.append)
    assert heard == ["one a.fr.html", "one a.html"]


def test_a_check_that_applies_to_nothing_is_not_run(tmp_path: Path) -> None:
    def run(_: Sequence[Target], __: Places) -> Iterable[Result]:
        raise AssertionError

    assert judged(check(run), publication(tmp_path / "a", "a.pdf")) == []


def test_the_files_of_all_statements_come_in_one_run(tmp_path: Path) -> None:
    both = [publication(tmp_path / "a", "a.html"), publication(tmp_path / "b", "b.html")]
    assert [name for _, name in targets(check(None), both)] == ["a.html", "b.html"]


def test_a_publication_knows_its_outputs_by_their_names(tmp_path: Path) -> None:
    names = (
        "a.b.docx",
        "a.b.epub",
        "a.b.large.pdf",
        "a.b.large.ua1+a3a.pdf",
        "a.b.pdf",
        "a.b.print.pdf",
        "a.b.zh-Hant.html",
        "a.b.zh-Hant.ua2+a4f.pdf",
    )
    made = publication(tmp_path / "a.b", *names, "check/check.json", "metadata/datacite.xml", "other.pdf")
    assert made.outputs == (
        Output("a.b.docx", "", "docx", ""),
        Output("a.b.epub", "", "epub", ""),
        Output("a.b.large.pdf", "", "large", ""),
        Output("a.b.large.ua1+a3a.pdf", "", "large", "ua1+a3a"),
        Output("a.b.pdf", "", "pdf", ""),
        Output("a.b.print.pdf", "", "print", ""),
        Output("a.b.zh-Hant.html", "zh-Hant", "html", ""),
        Output("a.b.zh-Hant.ua2+a4f.pdf", "zh-Hant", "pdf", "ua2+a4f"),
    )
    assert made.files == (*names, "metadata/datacite.xml", "other.pdf")
    assert made.named({"pdf", "large"}) == (
        "a.b.large.pdf",
        "a.b.large.ua1+a3a.pdf",
        "a.b.pdf",
        "a.b.zh-Hant.ua2+a4f.pdf",
    )
    assert made.path("a.b.pdf") == tmp_path / "a.b" / "a.b.pdf"
