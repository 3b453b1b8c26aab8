"""The command line: arguments, printing, exit codes; nothing else."""

from __future__ import annotations

import argparse
import gc
import os
import sys
import traceback
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

from communique.errors import CommuniqueError, UsageError
from communique.version import VERSION

ALL = "all"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the number is for the shell."""
    options = _parser().parse_args(arguments)
    try:
        code = int(options.command(options))
        sys.stdout.flush()  # Here, so that a reader that has gone is noticed while it can be said.
        return code
    except CommuniqueError as error:
        return _tell([error], options.debug)
    except KeyboardInterrupt:
        print("stopped; what was built before is untouched", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Exception as error:
        return _tell([_bug("communique", error)], options.debug)


def run() -> NoReturn:
    """The program: one command, then out. A process that lives for a second need not tidy its memory."""
    gc.set_threshold(100_000)
    code = main()
    with suppress(BrokenPipeError):
        sys.stdout.flush()
    # All is written and synced by now; taking the interpreter down piece by piece would cost a tenth of the run.
    os._exit(code)


def _build(options: argparse.Namespace) -> int:
    from communique import build  # noqa: PLC0415

    plan = build.Plan(_formats(options.format), _profiles(options.profile), _size(options.size))
    folders = build.find(options.slug, options.content)
    failures: list[CommuniqueError] = []
    with _progress(len(folders) * len(plan.formats), "building") as step:
        for folder in folders:
            with _one_of_many(folder, failures):
                outcome = build.build(folder, options.output, plan, step)
                if options.verbose:
                    for file in outcome.files:
                        print(f"{outcome.folder / file.name}  {file.size} bytes  sha256 {file.sha256}")
                else:
                    print(f"{outcome.folder}: {len(outcome.files)} files")
    return _tell(failures, options.debug)


def _validate(options: argparse.Namespace) -> int:
    from communique import build, document, legibility, master  # noqa: PLC0415

    failures: list[CommuniqueError] = []
    for folder in build.find(options.slug, options.content):
        with _one_of_many(folder, failures):
            editions = master.read(folder)
            for edition in editions:
                legibility.check(document.annotate(edition))
            for edition in editions:
                print(f"{edition.path}: valid")
    return _tell(failures, options.debug)


def _check(options: argparse.Namespace) -> int:
    from communique import audit, doctor  # noqa: PLC0415
    from communique.checks.report import summary, terminal  # noqa: PLC0415

    publications = audit.find(options.slug, options.output, options.content)
    with _progress(audit.size(publications), "checking") as step:
        outcomes = list(audit.audit(publications, doctor.places(), step))
    for outcome in outcomes:
        print(terminal(outcome.publication, outcome.results))
        print(f"{outcome.folder}: the reports")
    print(summary(outcomes))
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def _package(options: argparse.Namespace) -> int:
    from communique import build, packing  # noqa: PLC0415

    kinds = _named("--package", options.package, packing.KINDS) or packing.KINDS
    folders = build.find(options.slug, options.content)
    failures: list[CommuniqueError] = []
    with _progress(len(folders) * len(kinds), "packing") as step:
        for folder in folders:
            with _one_of_many(folder, failures):
                outcome = packing.pack(packing.gather(folder, options.output), options.output, kinds, step)
                for place in outcome.places:
                    print(place)
    return _tell(failures, options.debug)


def _verify(options: argparse.Namespace) -> int:
    from communique import doctor, verifying  # noqa: PLC0415
    from communique.checks.report import verified  # noqa: PLC0415
    from communique.checks.verdict import Verdict  # noqa: PLC0415

    with _progress(None, "verifying") as step:
        found = verifying.verify(options.package, doctor.places(), step)
    print(verified.text(found))
    if options.report:
        verifying.store(options.report, options.package, found)
        print(f"{options.report}: the page to file")
    return 0 if found.report.verdict is Verdict.PASSED else 1


def _deposit(options: argparse.Namespace) -> int:
    from communique import depositing  # noqa: PLC0415

    found, server = depositing.prepare(options.package, options.server, options.max_files)
    if not options.send:
        for line in depositing.plan(found, server, options.publish):
            print(line)
        print("nothing was sent (--send does it)")
        return 0
    with _progress(len(found.files), "sending") as step:
        outcome = depositing.deposit(found, server, options.publish, step)
    print(f"{outcome.page}: {outcome.standing}")
    return 0


def _doctor(_: argparse.Namespace) -> int:
    from communique import doctor  # noqa: PLC0415

    checks = doctor.examine()
    for check in checks:
        print(f"{check.needed_for:7} {check.name:22} {check.state}")
    return 4 if any(check.needed_for == "build" and not check.found for check in checks) else 0


@contextmanager
def _one_of_many(folder: Path, failures: list[CommuniqueError]) -> Iterator[None]:
    """Keeps what goes wrong with one statement from stopping the others; it is told at the end."""
    try:
        yield
    except CommuniqueError as error:
        failures.append(error)
    except BrokenPipeError:
        raise
    except Exception as error:
        failures.append(_bug(str(folder), error))


def _bug(place: str, error: Exception) -> CommuniqueError:
    """A failure that nobody foresaw, in the words of one that was; the other statements are still built."""
    reason = " ".join(str(error).split()) or "no reason given"
    bug = CommuniqueError(f"{place}: a bug: {type(error).__name__}: {reason} (run again with --debug and report it)")
    bug.__cause__ = error
    return bug


def _tell(failures: Sequence[CommuniqueError], debug: bool) -> int:
    """Prints every failure; the exit code is that of the worst."""
    for failure in failures:
        if debug:
            traceback.print_exception(failure)
        for line in failure.lines():
            print(line, file=sys.stderr)
    return max((failure.exit_code for failure in failures), default=0)


def _formats(asked: Sequence[str]) -> tuple[str, ...]:
    """The formats named, each once, in the order of the table; the usual ones if none is, every one for "all"."""
    from communique.writers import WRITERS  # noqa: PLC0415

    names = _named("--format", asked, (*WRITERS, ALL))
    if not names:
        return tuple(name for name, writer in WRITERS.items() if not writer.on_request)
    return tuple(name for name in WRITERS if name in names or ALL in names)


def _profiles(asked: Sequence[str]) -> tuple[str, ...]:
    """The profiles named, each once, in the order in which they were; the default if none is."""
    from communique.writers.pdf.profiles import DEFAULT, PROFILES  # noqa: PLC0415

    return _named("--profile", asked, PROFILES) or (DEFAULT,)


def _size(asked: str) -> str:
    """The sheet named, whatever its letters' case."""
    from communique.writers.press import SIZES  # noqa: PLC0415

    known = {name.lower(): name for name in SIZES}
    if asked.lower() not in known:
        raise UsageError(f"--size: {asked!r} is not a size (choose from {', '.join(SIZES)})")
    return known[asked.lower()]


def _named(option: str, asked: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """The names in values such as "pdf,epub"; each must be known."""
    names = tuple(dict.fromkeys(name.strip() for item in asked for name in item.split(",")))
    unknown = [name for name in names if name not in known]
    if unknown:
        kind = option.removeprefix("--")
        raise UsageError(f"{option}: {unknown[0]!r} is not a {kind} (choose from {', '.join(known)})")
    return names


@contextmanager
def _progress(total: int | None, name: str) -> Iterator[Callable[[str], None]]:
    """A bar on a terminal; nothing when piped, where the lines of the result are enough."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    # Where the lines of the result go into a file, they must not go through the bar to the terminal.
    with Progress(console=Console(stderr=True), transient=True, redirect_stdout=sys.stdout.isatty()) as bar:
        task = bar.add_task(name, total=total)
        yield lambda step: bar.update(task, advance=1, description=step)


def _common(**options: Any) -> argparse.ArgumentParser:
    """The options that may stand before the command as well as after it."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--debug", action="store_true", help="show where a failure arose", **options)
    common.add_argument("-v", "--verbose", action="store_true", help="name every file", **options)
    return common


def _parser() -> argparse.ArgumentParser:
    common = _common(default=argparse.SUPPRESS)
    masters = argparse.ArgumentParser(add_help=False)
    masters.add_argument("slug", nargs="*", metavar="SLUG", help="statements to take; all if none is named")
    masters.add_argument("--content", type=Path, default=Path("content"), help="folder of the masters (content)")

    parser = argparse.ArgumentParser(
        prog="communique",
        description="Publishes official statements: one master, the same words in every format.",
        parents=[_common()],
    )
    parser.add_argument("--version", action="version", version=f"communique {VERSION}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    build = commands.add_parser("build", parents=[common, masters], help="make the outputs and their metadata")
    build.add_argument("--output", type=Path, default=Path("build"), help="folder for the outputs (build)")
    build.add_argument(
        "--format",
        action="append",
        default=[],
        help="html, pdf, large, print, epub, docx or all; comma-separated (html, pdf, epub, docx)",
    )
    build.add_argument(
        "--profile", action="append", default=[], help="ua1+a2a, ua1+a3a, ua2+a4f; comma-separated (ua1+a2a)"
    )
    build.add_argument("--size", default="A4", help="sheet of the press edition: A4, Letter, A5 (A4)")
    build.set_defaults(command=_build)
    validate = commands.add_parser("validate", parents=[common, masters], help="check the masters, write nothing")
    validate.set_defaults(command=_validate)
    check = commands.add_parser("check", parents=[common, masters], help="judge what was built, write reports on it")
    check.add_argument("--output", type=Path, default=Path("build"), help="folder of the outputs (build)")
    check.set_defaults(command=_check)
    package = commands.add_parser("package", parents=[common, masters], help="make the packages that archives take in")
    package.add_argument("--output", type=Path, default=Path("build"), help="folder of the outputs (build)")
    package.add_argument("--package", action="append", default=[], help="kinds, comma-separated (every kind)")
    package.set_defaults(command=_package)
    verify = commands.add_parser("verify", parents=[common], help="prove what a package holds, from the package alone")
    verify.add_argument("package", type=Path, metavar="PACKAGE", help="its folder or ZIP file, anywhere")
    verify.add_argument("--report", type=Path, metavar="FILE", help="write the result as a page to file")
    verify.set_defaults(command=_verify)
    deposit = commands.add_parser("deposit", parents=[common], help="send a package to an InvenioRDM, such as Zenodo")
    deposit.add_argument("package", type=Path, metavar="PACKAGE", help="folder that communique package made")
    deposit.add_argument("--server", required=True, help="such as https://zenodo.org; COMMUNIQUE_TOKEN has the token")
    deposit.add_argument("--send", action="store_true", help="send it; without this nothing is sent, only listed")
    deposit.add_argument("--publish", action="store_true", help="publish what was sent, which cannot be undone")
    deposit.add_argument("--max-files", type=int, default=100, help="what the server takes in one record (100)")
    deposit.set_defaults(command=_deposit)
    doctor = commands.add_parser("doctor", parents=[common], help="what is installed, what is missing, what to type")
    doctor.set_defaults(command=_doctor)
    return parser


if __name__ == "__main__":
    run()
