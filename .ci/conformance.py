"""Writes docs/conformance.md from a run of the conformance tests, or checks that it is what a run gives.

Usage: conformance.py [--check] FILE, the file being the report of `swift test --xunit-output`.
"""

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "conformance.md"

PLANS = {
    "BasicPlan": "Basic, and form_post (each module runs in both response modes)",
    "FormPostPlan": "form_post, besides the basic modules",
    "ConfigurationPlan": "Configuration and keys",
    "RefreshTokenPlan": "Refresh token",
    "RequestObjectPlan": "Request objects, pushed requests, client authentication, DPoP",
    "ThirdPartyInitiatedLoginPlan": "Third-party-initiated login",
    "RPInitiatedLogoutPlan": "RP-initiated logout",
    "BackChannelLogoutPlan": "Back-channel logout",
    "FrontChannelLogoutPlan": "Front-channel logout",
    "FAPIPlan": "FAPI 2.0 and the attacks around it",
}

NOT_FOR_US = [
    ("`…-missing-athash`, `…-missing-chash`, `…-invalid-chash`", "implicit and hybrid flows: only the code flow is used"),
    ("WebFinger modules (`…-discovery-webfinger-*`)", "providers are configured by their issuer, not found by a person's address"),
    ("session management by frames (`…-session-management-*`)", "needs third-party cookies; back-channel and front-channel logout take its place"),
    ("`…-aggregated-claims`, `…-distributed-claims`", "optional; a claim of another issuer is never taken for the provider's word"),
    ("`…-userinfo-bearer-body`", "the header is used, as RFC 6750 §2 recommends"),
    ("`…-request-uri-signed-none`", "an unsigned object protects nothing; objects are signed and pushed"),
    ("dynamic registration modules (`…-dynamic-registration-*`)", "optional; clients are registered by an operator"),
]


def results(path: str) -> dict[str, dict[str, str]]:
    """Module to result, by plan."""
    found: dict[str, dict[str, str]] = {plan: {} for plan in PLANS}
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        target, _, plan = case.get("classname", "").rpartition(".")
        if target == "ConformanceTests":
            module = case.get("name", "").split("(")[0].strip("`")
            failed = any(child.tag in ("failure", "error", "skipped") for child in case)
            found[plan][module] = "failed" if failed else "passed"
    return found


def document(found: dict[str, dict[str, str]]) -> str:
    """The text of docs/conformance.md."""
    outcomes = [item for modules in found.values() for item in modules.items()]
    modules = [result for name, result in outcomes if name.startswith("oidcc-client-test")]
    others = [result for name, result in outcomes if not name.startswith("oidcc-client-test")]
    lines = [
        "# Conformance",
        "",
        "The OpenID Foundation certifies relying parties by a suite of test modules. `Tests/ConformanceTests` holds one test for each",
        "module that applies to the code flow, under the module's name: the simulator misbehaves as the module does, and the running",
        "service is driven over HTTP. Names that do not begin with `oidcc-client-test` are tests of our own in the same style.",
        "",
        "This page is written by `make conformance` from a run of these tests, and `make test` fails if it differs from one. It is not",
        "a certification: that is given by the Foundation, for a deployment.",
        "",
        f"{modules.count('passed')} of {len(modules)} modules passed, and {others.count('passed')} of {len(others)} tests of our own.",
    ]
    for plan, title in PLANS.items():
        lines += ["", f"## {title}", "", "| module | result |", "|---|---|"]
        lines += [f"| `{module}` | {result} |" for module, result in sorted(found[plan].items())]
    lines += ["", "## Not for this client", "", "| modules | why |", "|---|---|"]
    lines += [f"| {names} | {why} |" for names, why in NOT_FOR_US]
    lines += [
        "",
        "`oidcc-client-test-request-uri-signed-rs256` has the client host the signed request object; here the object is pushed (RFC 9126) and",
        "the `request_uri` is the provider's. `oidcc-client-test-kid-absent-multiple-jwks` lets a client reject or try: where several keys fit,",
        "this one rejects.",
    ]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Writes or checks; gives the exit status."""
    checks = arguments[:1] == ["--check"]
    found = results(arguments[-1])
    if any(not modules for modules in found.values()):
        print("The report lacks conformance tests; run all Swift tests.")
        return 1
    text = document(found)
    if not checks:
        DOCUMENT.write_text(text)
        return 0
    if DOCUMENT.exists() and DOCUMENT.read_text() == text:
        return 0
    print("docs/conformance.md is not what this run gives; write it anew with `make conformance`.")
    return 1


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
