"""The machine and the versions, in general terms."""

import importlib.metadata
import os
import platform
import re
import sqlite3
import subprocess
from pathlib import Path

from .targets import PYTHON

PACKAGES = ("fastapi-oauth20", "fastapi", "uvicorn", "aiohttp", "Authlib", "social-auth-app-django", "Django", "gunicorn")


def machine() -> dict[str, str]:
    """Processor, cores, memory and system."""
    processor = next(iter(re.findall(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)), "")
    memory = int(re.findall(r"^MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text(), re.MULTILINE)[0])
    system = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    return {
        "processor": processor or platform.machine(),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{memory / 2**20:.0f} GiB",
        "system": f"{system}, Linux {platform.release().partition('-')[0]}",
    }


def versions() -> dict[str, str]:
    """What was measured, and beside what."""
    checkout = Path(__file__).resolve().parents[2]
    swift = first_line(["swift", "--version"])
    found = {
        "Martlet": first_line(["git", "-C", str(checkout), "describe", "--always", "--dirty"]),
        "Swift": next(iter(re.findall(r"Swift version (\S+)", swift)), swift),
        "Python": first_line([str(PYTHON), "--version"]).removeprefix("Python "),
        "SQLite": sqlite3.sqlite_version,
        "Apache": next(iter(re.findall(r"Apache/(\S+)", first_line(["/usr/sbin/apache2", "-v"]))), ""),
        "mod_auth_openidc": first_line(["dpkg-query", "-Wf", "${Version}", "libapache2-mod-auth-openidc"]),
    }
    packages = importlib.metadata.distributions(path=[str(site) for site in PYTHON.parents[1].glob("lib/*/site-packages")])
    installed = {package.metadata["Name"].lower(): package.version for package in packages}
    return found | {name: installed.get(name.lower(), "") for name in PACKAGES}


def first_line(command: list[str]) -> str:
    """The first line that a command prints; empty if it cannot be run."""
    try:
        output = subprocess.run(command, check=False, capture_output=True, text=True).stdout
    except FileNotFoundError:
        return ""
    return next(iter(output.splitlines()), "").strip()
