"""Two real servers to publish to, each with the credentials that it asks for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import servers


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Server]:
    """A server, as the environment says who we are there."""
    started = servers.oxigraph() if request.param == "oxigraph" else servers.virtuoso(tmp_path_factory.mktemp("v"))
    with started as server, pytest.MonkeyPatch.context() as patch:
        if server.user:
            patch.setenv("AZETTA_USER", server.user)
            patch.setenv("AZETTA_PASSWORD", server.password)
        yield server
