"""Tables of names and rows behave as the dictionaries and lists they stand for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bilingual.tei.compact import Names, Rows


@given(st.lists(st.text(max_size=4), max_size=60))
def test_names_are_numbered_in_the_order_of_their_coming(words: list[str]) -> None:
    names, expected = Names(), dict.fromkeys(words)
    numbers = [names.add(word) for word in words]
    order = list(expected)
    assert numbers == [order.index(word) for word in words]
    assert [names[i] for i in range(len(names))] == order
    assert names.find("never among them") == -1


def test_names_stay_apart_when_the_table_grows() -> None:
    names = Names()
    words = [f"ar.p{i}.s{i % 7}" for i in range(5000)]
    assert [names.add(word) for word in words] == list(range(5000))
    assert [names.find(word) for word in words] == list(range(5000))
    assert names.find("ar.p5000.s2") == -1


@given(st.lists(st.lists(st.integers(0, 2**32 - 1), max_size=4), max_size=20))
def test_rows_come_back_as_they_went_in(rows: list[list[int]]) -> None:
    table = Rows()
    for row in rows:
        table.append(row)
    assert len(table) == len(rows)
    assert [list(table[i]) for i in range(len(table))] == rows
