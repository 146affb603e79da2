"""`sna_report` as a script calls it."""

import json

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture
def files(tmp_path):
    people, ties = tmp_path / "people.csv", tmp_path / "ties.csv"
    people.write_text("id,unit\n" + "".join(f"{i},{'AB'[i % 2]}\n" for i in range(24)))
    rows = (f"{i},{(i + step) % 24},mail,{60 * i},{step}\n" for i in range(24) for step in (1, 2, 3, 6))
    ties.write_text("source,target,kind,at,audience_size\n" + "".join(rows))
    return tmp_path


def run(folder, *options, group="unit"):
    out = folder / "report.json"
    call_command(
        "sna_report",
        *("--people", folder / "people.csv", "--ties", folder / "ties.csv", "--group", group, "--out", out),
        *options,
    )
    return json.loads(out.read_text(encoding="utf-8"))


def test_the_report_is_written_and_its_findings_are_told(files, capsys):
    report = run(files)
    assert report["meta"]["groups"] == {"A": 12, "B": 12}
    assert report["meta"]["rows_left_out"] == {"broadcast": 24}
    assert "No evidence of a silo." in capsys.readouterr().out
    assert "person" not in report


def test_every_field_of_the_contract_is_there(files):
    report = run(files, "--floor", "1", "--window", "0,700", "--against", "700,1440")
    assert set(report) >= {
        "meta", "ei", "tie_matrix", "assortativity", "modularity_units", "coleman", "silo_index", "brokerage",
        "reciprocity", "bridges", "articulation_points", "kcore_max", "redundancy", "paths", "reach2", "clusters",
        "change", "findings", "person",
    }  # fmt: skip
    assert set(report["meta"]) >= {
        "definition", "window", "people", "people_covered", "floor", "groups", "hidden_cells", "engine", "seconds",
    }  # fmt: skip
    assert set(report["ei"]) >= {"undirected", "expected", "z", "p", "permutations", "per_group"}
    assert set(report["tie_matrix"]) == {
        "order", "observed", "expected_degree", "expected_size", "z_degree", "log2_ratio", "p", "q",
    }  # fmt: skip
    assert set(report["change"]["ei"]) == {
        "before",
        "after",
        "difference",
        "lo",
        "hi",
        "draws",
        "significant",
    }
    assert report["change"]["ei"]["draws"] == 2000


@pytest.mark.parametrize(
    ("options", "group", "sentence"),
    [
        ((), "team", "people.csv has no column 'team'; its columns are: id, unit."),
        (("--floor", "3"), "unit", "The floor is 1 (show everything) or at least 5; got 3."),
        (("--window", "2024"), "unit", "A window is written FROM,TO; got '2024'."),
        (("--floor", "30"), "unit", "24 people are fewer than the floor of 30; there is nothing to report."),
    ],
)
def test_bad_input_is_one_sentence_and_leaves_no_file(files, options, group, sentence):
    with pytest.raises(CommandError) as refused:
        run(files, *options, group=group)
    assert str(refused.value) == sentence
    assert sorted(path.name for path in files.iterdir()) == ["people.csv", "ties.csv"]


def test_what_makes_a_tie_can_be_chosen_and_is_printed(files):
    report = run(
        files,
        *("--floor", "1", "--definition", "weighted", "--half-life", "30", "--broadcast", "shared"),
        *("--kind", "mail=0.5", "--engine", "arrays", "--seed", "3", "--strata", "unit"),
    )
    meta = report["meta"]
    assert (meta["half_life_days"], meta["broadcast"], meta["kinds"]) == (30, "shared", {"mail": 0.5})
    assert meta["engine"].startswith("numpy") and meta["seed"] == 3
    assert meta["rows_left_out"] == {}


def test_a_window_of_free_choice_needs_floor_one(files):
    with pytest.raises(CommandError, match="whole months"):
        run(files, "--window", "0,700")
