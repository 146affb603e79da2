"""The report on files: good ones, bad ones, and nothing left behind."""

import json

import pytest

from kms.sna.files import read_people, read_ties, report_from_files, write_report
from kms.sna.records import Interaction, SnaError, Terms, Window, moment

SHOW_ALL = Terms(floor=1, permutations=100, draws=100, cluster_seeds=1)


@pytest.fixture
def files(tmp_path):
    people, ties = tmp_path / "people.csv", tmp_path / "ties.csv"
    people.write_text(
        "id,unit,site\n007,Sales,Haifa\nb,Sales,Galil\nc,Lab,Haifa\nd,,Haifa\n", encoding="utf-8"
    )
    ties.write_text("source,target\n007,b\nb,007\nb,c\n", encoding="utf-8")
    return people, ties


def test_two_files_make_a_report(files):
    report = report_from_files(*files, "unit", SHOW_ALL)
    assert report["tie_matrix"]["order"] == ["Lab", "Sales", "unassigned"]
    assert report["tie_matrix"]["observed"] == [[0, 0, 0], [1, 2, 0], [0, 0, 0]]
    assert report["person"]["007"]["ei"] == -1.0
    by_site = report_from_files(*files, "site", SHOW_ALL)
    assert by_site["ei"]["undirected"] == {"external": 2, "internal": 0, "ei": 1.0}
    assert next(iter(report)) == "meta" and report["meta"]["people_covered"] == 3


def test_every_column_is_read(tmp_path):
    ties = tmp_path / "ties.csv"
    ties.write_text("\ufeffsource;target;kind;at;weight;audience_size\na;b;mail;1970-01-02;2.5;3\nb;a;;;;\n")
    assert list(read_ties(ties, SHOW_ALL)) == [
        Interaction("a", "b", "mail", 86400.0, 2.5, 3),
        Interaction("b", "a"),
    ]


def test_window_is_half_open_and_takes_both_ways_to_write_time(files, tmp_path):
    ties = tmp_path / "dated.csv"
    ties.write_text("source,target,at\n007,b,2024-01-01\nb,c,1706745600\nc,b,2024-01-31T23:59:59Z\n")
    terms = Terms(floor=1, window=Window.parse("2024-01-01,2024-02-01"), draws=10, permutations=10)
    report = report_from_files(files[0], ties, "unit", terms)
    assert report["meta"]["rows_used"] == 2
    assert report["meta"]["window"] == "2024-01-01,2024-02-01"
    assert moment("2024-02-01") == 1706745600


@pytest.mark.parametrize(
    ("people", "ties", "sentence"),
    [
        (
            "name,unit\na,x\n",
            "source,target\n",
            "people.csv has no column 'id'; its columns are: name, unit.",
        ),
        ("id,team\na,x\n", "source,target\n", "people.csv has no column 'unit'; its columns are: id, team."),
        ("id,unit\na,x\na,y\n", "source,target\n", "people.csv, line 3: the person 'a' is listed twice."),
        ("id,unit\n,x\n", "source,target\n", "people.csv, line 2: the id is empty."),
        ("id,unit\n", "source,target\n", "people.csv lists nobody."),
        ("id,unit\na,x\n", "from,to\n", "ties.csv has no column 'source'; its columns are: from, to."),
        ("id,unit\na,x\n", "", "ties.csv has no column 'source'; its columns are: none."),
        ("id,unit\na,x\n", "source,target\na,\n", "ties.csv, line 2: source and target must both be given."),
        (
            "id,unit\na,x\n",
            "source,target,weight\na,b,much\n",
            "ties.csv, line 2: weight 'much' is not a number.",
        ),
        (
            "id,unit\na,x\n",
            "source,target,weight\na,b,nan\n",
            "ties.csv, line 2: weight 'nan' is not a number.",
        ),
        (
            "id,unit\na,x\n",
            "source,target,at\na,b,soon\n",
            "ties.csv, line 2: 'soon' is neither an ISO 8601 time nor a number of seconds.",
        ),
        ("id,unit\na,x\n", "source,target\na,b,c\n", "ties.csv, line 2: more values than columns."),
    ],
)
def test_bad_files_are_refused_in_one_sentence(tmp_path, people, ties, sentence):
    paths = tmp_path / "people.csv", tmp_path / "ties.csv"
    paths[0].write_text(people)
    paths[1].write_text(ties)
    with pytest.raises(SnaError) as refused:
        report_from_files(*paths, "unit", SHOW_ALL)
    assert str(refused.value) == sentence


def test_a_window_needs_times(files):
    with pytest.raises(SnaError, match="no column 'at'"):
        report_from_files(*files, "unit", Terms(floor=1, window=Window(0, 1)))


@pytest.mark.parametrize("text", ["2024-01-01", "2024-02-01,2024-01-01", "a,b", ",", "1,2,3"])
def test_bad_windows_are_refused(text):
    with pytest.raises(SnaError):
        Window.parse(text)


def test_missing_file_and_other_encodings_are_refused(tmp_path):
    with pytest.raises(SnaError, match="cannot be read"):
        read_people(tmp_path / "none.csv", "unit")
    (tmp_path / "latin.csv").write_bytes("id,unit\né,x\n".encode("latin-1"))
    with pytest.raises(SnaError, match="is not UTF-8 text"):
        read_people(tmp_path / "latin.csv", "unit")


def test_a_report_is_written_whole_or_not_at_all(tmp_path):
    out = tmp_path / "report.json"
    write_report({"he": "קשר"}, out)
    assert json.loads(out.read_text(encoding="utf-8")) == {"he": "קשר"}
    with pytest.raises(ValueError):
        write_report({"bad": float("nan")}, out)
    with pytest.raises(SnaError, match="cannot be written"):
        write_report({}, tmp_path / "nowhere" / "report.json")
    assert json.loads(out.read_text(encoding="utf-8")) == {"he": "קשר"}
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]
