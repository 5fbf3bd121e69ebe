"""Thumbnails of the surfaces."""

import httpx2
import numpy as np
import pytest

import engine
from app.web.thumbnails import levels
from tests.app import http
from tests.app.conftest import Server


def test_levels_are_ranks_so_that_a_valley_shows_beside_a_cliff() -> None:
    heights = np.array([[0.0, 1e-9], [1e9, 1e-9]])
    # of four places one is lowest, two come next, and three are below the last
    assert levels(heights).tolist() == [[0, 85], [255, 85]]


def test_what_is_flat_is_at_level_0_and_what_is_no_number_is_high() -> None:
    assert levels(np.array([[2.0, 2.0], [2.0, np.nan]])).tolist() == [[0, 0], [0, 255]]


@pytest.fixture(scope="module")
def answer(server: Server) -> httpx2.Response:
    return http.get(f"{server.url}/api/surfaces")


def test_every_surface_has_a_picture(answer: httpx2.Response) -> None:
    found = answer.json()
    assert list(found) == list(engine.catalog.SURFACES)
    for each in found.values():
        picture = np.array(each["levels"])
        assert picture.shape == (32, 32)
        assert (picture.min(), picture.max()) == (0, 255)
        x_min, x_max, y_min, y_max = each["view"]
        assert x_min < x_max
        assert y_min < y_max


def test_a_picture_is_lowest_where_the_minimum_is(answer: httpx2.Response) -> None:
    found = answer.json()["rosenbrock"]
    row, column = np.argwhere(np.array(found["levels"]) == 0)[0]
    x_min, x_max, y_min, y_max = found["view"]
    x = x_min + column / 31 * (x_max - x_min)
    y = y_max - row / 31 * (y_max - y_min)
    # it is at (1, 1), in a valley y = x^2 that no point of the grid hits
    assert (x, y) == pytest.approx((1, 1), abs=0.2)


def test_it_is_cached_by_its_content(answer: httpx2.Response, server: Server) -> None:
    again = http.get(
        f"{server.url}/api/surfaces", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304
