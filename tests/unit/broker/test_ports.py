from __future__ import annotations

import socket

from streamproc.broker.ports import free_port, is_free


def test_a_port_with_a_listener_is_not_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert not is_free(server.getsockname()[1])


def test_a_port_of_a_closed_listener_is_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert is_free(port)


def test_a_free_port_is_not_one_that_outgoing_connections_take() -> None:
    assert 20_000 <= free_port() < 32_000
