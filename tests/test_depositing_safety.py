"""Deposits on a server of InvenioRDM: to whom the token goes, what is refused before anything is sent, who waits."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from communique import depositing
from communique.cli import main
from communique.depositing import address
from communique.errors import UsageError
from invenio_deposits import in_haste, run, state
from invenio_samples import FILES, FIRST, SECOND, package, stored
from invenio_server import TOKEN, Server, running


@pytest.fixture(autouse=True)
def _in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    in_haste(monkeypatch)


@pytest.fixture
def server() -> Iterator[Server]:
    """A server with nothing on it."""
    with running() as kept:
        yield kept


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The second version of the sample as a package."""
    return package(tmp_path)


# The token.


@pytest.mark.parametrize("fault", ["", "before", "cut", "garbled", 400, 401, 403, 404, 500, 503])
def test_the_token_is_in_no_output_and_no_file(
    fault: str | int, folder: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    if fault:
        for number in range(60):
            server.break_at(number, fault)
    code = run(folder, server, "--publish", "--debug", "--verbose")
    assert code == (5 if fault else 0)
    assert any(TOKEN in headers.get("Authorization", "") for headers in server.headers)
    said = capsys.readouterr()
    assert TOKEN not in said.out + said.err
    for path in folder.parent.rglob("*"):
        assert path.is_dir() or TOKEN.encode() not in path.read_bytes(), path


def test_a_server_that_refuses_the_token_is_told_apart(
    folder: Path, server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMUNIQUE_TOKEN", "another")
    assert run(folder, server) == 5
    assert capsys.readouterr().err == (
        f"{server.address}: refuses (403): Permission denied "
        "(is the token in COMMUNIQUE_TOKEN right, and may it deposit?)\n"
    )
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("number", [0, 5, 6, 7, 8, 9])
def test_a_redirect_is_not_followed_so_that_no_other_host_gets_the_token(
    number: int, status: int, folder: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    with running() as other:
        place = other.address.replace("127.0.0.1", "localhost")
        server.break_at(number, status, Location=f"{place.replace('//', '//user:secret@')}/api/records?x=y")
        assert run(folder, server, "--publish") == 5
        assert other.asked == []
    said = capsys.readouterr().err
    assert said.startswith(f"{server.address}: sends on to {place} ({status}), which is not followed")
    assert "secret" not in said


@pytest.mark.parametrize("place", ["/api/records", "", "//[::1", "x y"])
def test_a_redirect_to_anywhere_is_named_in_one_line(
    place: str, folder: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.break_at(0, 307, Location=place)
    assert run(folder, server) == 5
    assert "sends on to another place (307)" in capsys.readouterr().err
    assert len(server.asked) == 1


@pytest.mark.parametrize("token", ["", "  ", "a b", "a\nb", "ü", "a\x7f"])
def test_a_token_that_is_none_is_refused_and_not_repeated(
    token: str, folder: Path, server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMUNIQUE_TOKEN", token)
    assert run(folder, server) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("COMMUNIQUE_TOKEN ")
    assert token.strip() not in line or not token.strip()
    assert server.asked == []


# The address.


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("https://zenodo.org", "https://zenodo.org"),
        ("https://zenodo.org/", "https://zenodo.org"),
        ("https://Zenodo.ORG/api/", "https://zenodo.org"),
        ("https://rdm.example.org:8443/api", "https://rdm.example.org:8443"),
        ("http://127.0.0.1:5000", "http://127.0.0.1:5000"),
        ("http://localhost:5000/", "http://localhost:5000"),
        ("http://[::1]:5000", "http://[::1]:5000"),
    ],
)
def test_an_address_is_taken_in_one_form(given: str, taken: str) -> None:
    assert address.server(given) == taken


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("http://zenodo.org", "for all to read"),
        ("http://127.0.0.1.example.org", "for all to read"),
        ("http://localhost.example.org", "for all to read"),
        ("http://128.0.0.1", "for all to read"),
        ("ftp://zenodo.org", "for all to read"),
        ("https://user:secret@zenodo.org", "no place for a name or a password"),
        ("https://secret@zenodo.org", "no place for a name or a password"),
        ("https://zenodo.org/records/1", "is not the address of a server"),
        ("https://zenodo.org?x=1", "is not the address of a server"),
        ("https://zenodo.org#x", "is not the address of a server"),
        ("zenodo.org", "is not the address of a server"),
        ("https://", "is not the address of a server"),
        ("", "is not the address of a server"),
        ("https://zenodo.org:x", "this is no address"),
        ("https://[::1", "this is no address"),
    ],
)
def test_an_address_that_is_none_or_not_safe_is_refused(given: str, said: str, folder: Path) -> None:
    with pytest.raises(UsageError, match=r"^--server: ") as caught:
        depositing.prepare(folder, given)
    assert said in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_server_that_is_not_there_is_named_in_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        place = f"http://127.0.0.1:{silent.getsockname()[1]}"
        assert main(["deposit", str(folder), "--server", place, "--send"]) == 5
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{place}: the connection broke: ")
    assert "Connection refused" in line
    assert "0x" not in line


@contextmanager
def speaking_tls(place: Path) -> Iterator[str]:
    """A server whose certificate nobody vouches for; it answers nothing."""
    made = ["-keyout", str(place / "key.pem"), "-out", str(place / "certificate.pem"), "-subj", "/CN=localhost"]
    names = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *made, *names], check=True, capture_output=True
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(place / "certificate.pem", place / "key.pem")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_shake_hands, args=(listening, context), daemon=True)
        thread.start()
        yield f"https://localhost:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()


def _shake_hands(listening: socket.socket, context: ssl.SSLContext) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        with connection:
            connection.settimeout(20)
            try:
                context.wrap_socket(connection, server_side=True).recv(1)
            except OSError:
                continue


def test_a_certificate_that_nobody_vouches_for_is_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with speaking_tls(tmp_path) as place:
        assert main(["deposit", str(folder), "--server", place, "--send"]) == 5
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{place}: the connection broke: ")
    assert "certificate verify failed" in line


def test_a_proxy_is_used_and_learns_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    heard: list[bytes] = []

    def refuse() -> None:
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            with line:
                line.settimeout(20)
                heard.append(line.recv(65536))
                line.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{listening.getsockname()[1]}")
        thread = threading.Thread(target=refuse, daemon=True)
        thread.start()
        assert main(["deposit", str(folder), "--server", "https://rdm.example.org", "--send"]) == 5
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()
    assert heard
    assert all(each.startswith(b"CONNECT rdm.example.org:443 ") and TOKEN.encode() not in each for each in heard)
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_this_very_machine_is_never_asked_through_a_proxy(
    folder: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert run(folder, server, "--publish") == 0


# The package.


@pytest.mark.parametrize("name", ["files.json", "record.json", "files/sample.pdf"])
def test_a_torn_package_is_not_sent(
    name: str, folder: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[:-2] + b"?" + content[-1:])
    for more in ((), ("--send",)):
        assert main(["deposit", str(folder), "--server", server.address, *more]) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith(f"{folder}: is not whole: ")
        assert line.endswith("(make the package again)")
    assert server.asked == []


def test_what_is_no_package_is_not_sent(folder: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    (folder.parent / "empty").mkdir()
    for path in (folder.parent / "nothing", folder.parent / "empty", folder / "record.json"):
        assert run(path, server) == 2
        assert "communique package --package inveniordm makes one" in capsys.readouterr().err
    assert server.asked == []


def test_more_files_than_a_record_takes_are_refused_before_anything_is_sent(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    many = {f"content/sample/source/{number}.txt": b"x" for number in range(95)}
    folder = package(tmp_path, files={**FILES, **many})
    assert run(folder, server) == 2
    assert capsys.readouterr().err == (
        f"{folder}: has 103 files, and a record takes 100 "
        "(build fewer formats, or say --max-files if the server takes more)\n"
    )
    assert server.asked == []
    server.most_files = 103
    assert run(folder, server, "--max-files", "103") == 0


def test_a_downloaded_package_is_sent_as_well(folder: Path, server: Server) -> None:
    for path in list((folder / "files").iterdir()):
        path.rename(folder / path.name)
    (folder / "files").rmdir()
    assert run(folder, server, "--publish") == 0
    assert {key: file.content for key, file in server.records["r0"].files.items()} == stored(folder)


def test_a_package_where_nothing_can_be_written_is_named_before_a_draft_is_made(
    folder: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    state(folder).mkdir()
    assert run(folder, server) == 5
    assert "cannot be written" in capsys.readouterr().err
    assert server.records == {}


def test_two_at_once_make_one_record(folder: Path, server: Server) -> None:
    found, place = depositing.prepare(folder, server.address)
    done: list[Any] = []

    def send() -> None:
        done.append(depositing.deposit(found, place, True, lambda _: None).standing)

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == ["published", "published before", "published before"]
    assert len(server.records) == 1


def test_one_that_is_killed_goes_on_where_it_was(server: Server, tmp_path: Path) -> None:
    folder = package(tmp_path, FIRST)
    code = "import sys; from communique.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "deposit", str(folder), "--server", server.address, "--send", "--publish"]
    for number in (0, 1, 2, 7):
        server.break_at(number, "held")
        with subprocess.Popen(command) as process:
            assert server.arrived.wait(60)
            process.kill()
        server.arrived.clear()
        server.go_on.set()
        with server.lock:  # until the held request is done with
            server.go_on.clear()
    assert run(folder, server, "--publish") == 0
    assert [{key: file.content for key, file in kept.files.items()} for kept in server.published()] == [stored(folder)]
    assert len(server.records) == 1


def test_the_names_of_the_files_are_told_as_they_are_there(folder: Path, server: Server) -> None:
    found, place = depositing.prepare(folder, server.address)
    told: list[str] = []
    server.break_at(10, 500)
    depositing.deposit(found, place, True, told.append)
    assert told == sorted(stored(folder))


def test_a_version_without_a_pdf_has_no_preview(server: Server, tmp_path: Path) -> None:
    files = {path: content for path, content in FILES.items() if not path.endswith(".pdf")}
    assert run(package(tmp_path, SECOND, files), server, "--publish") == 0
    assert server.records["r0"].value["files"] == {"enabled": True}
    shutil.rmtree(tmp_path / "v2")
