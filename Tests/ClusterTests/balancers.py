"""Balancers in front of two nodes, with the configurations that the guide gives."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from processes import running

HAPROXY = """
defaults
    mode http
    timeout connect 2s
    timeout client 60s
    timeout server 30s
    timeout check 5s
    option redispatch
    retries 3

frontend public
    bind 127.0.0.1:{port}
    option forwardfor
    default_backend martlet

backend martlet
    balance roundrobin
    option httpchk GET /health/ready
    default-server check inter 500ms fall 2 rise 1
    server a 127.0.0.1:{a}
    server b 127.0.0.1:{b}
"""

NGINX = """
pid {folder}/nginx.pid;
error_log stderr;
daemon off;
master_process off;
events {{ }}

http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;

    upstream martlet {{
        server 127.0.0.1:{a} max_fails=1 fail_timeout=2s;
        server 127.0.0.1:{b} max_fails=1 fail_timeout=2s;
        keepalive 16;
    }}

    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://martlet;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_connect_timeout 2s;
            proxy_next_upstream error;
        }}
    }}
}}
"""

PROGRAMS = {
    "haproxy": (HAPROXY, ["/usr/sbin/haproxy", "-f"]),
    "nginx": (NGINX, ["/usr/sbin/nginx", "-c"]),
}


@contextlib.contextmanager
def balancer(name: str, folder: Path, port: int, nodes: tuple[int, int]) -> Iterator[None]:
    """Runs a balancer at a port before the nodes at two others."""
    template, command = PROGRAMS[name]
    folder.mkdir()
    configuration = folder / f"{name}.conf"
    configuration.write_text(template.format(folder=folder, port=port, a=nodes[0], b=nodes[1]))
    with running(
        [*command, configuration],
        ready_url=f"http://127.0.0.1:{port}/health/alive",
        folder=folder,
        # HAProxy dies of SIGTERM, as it should.
        exit_statuses=(0, 143, -15),
    ):
        yield
