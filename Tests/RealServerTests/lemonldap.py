"""LemonLDAP::NG's files: its portal alone, with the people of its demonstration backend."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

PORTAL = Path("/usr/share/lemonldap-ng/portal")

SETTINGS = """\
[all]
logLevel = warn
logger = Lemonldap::NG::Common::Logger::Std
userLogger = Lemonldap::NG::Common::Logger::Std
checkTime = 600
[configuration]
type = File
dirName = {folder}
[portal]
staticPrefix = /static
templateDir = {portal}/templates
languages = en
[handler]
status = 0
"""

# The module that draws captchas is loaded even where none is shown, and wants more installed.
APPLICATION = """\
package Lemonldap::NG::Portal::Captcha::None;
use Mouse;
extends 'Lemonldap::NG::Portal::Main::Plugin';
sub init { 1 }
BEGIN { $INC{'Lemonldap/NG/Portal/Captcha/None.pm'} = __FILE__ }
package main;
use Lemonldap::NG::Portal;
Lemonldap::NG::Portal->run({});
"""

CLAIMS = {"email": "mail", "name": "cn"}


def program() -> str:
    """The web server that Debian packages with Plack."""
    found = shutil.which("plackup")
    if found is None or not PORTAL.is_dir():
        raise AssertionError("LemonLDAP::NG is missing; `make packages` installs it")
    return found


def client(
    client_id: str, secret: str, redirect_uri: str, logout_uri: str, *, asks_for_consent: bool
) -> dict[str, Any]:
    """The options of a client; its name in the configuration does not matter."""
    options = {
        "ClientID": client_id,
        "ClientSecret": secret,
        "RedirectUris": redirect_uri,
        "PostLogoutRedirectUris": logout_uri,
        "IDTokenSignAlg": "RS256",
        "IDTokenExpiration": 3600,
        # So short that each is refreshed before it is given to a backend.
        "AccessTokenExpiration": 60,
        "RefreshToken": 1,
        "RequirePKCE": 1,
        "UserIDAttr": "uid",
        "DisplayName": "Martlet",
        "BypassConsent": 0 if asks_for_consent else 1,
    }
    return {f"oidcRPMetaDataOptions{name}": value for name, value in options.items()}


def prepare(folder: Path, base: str, clients: Mapping[str, dict[str, Any]]) -> dict[str, str]:
    """Writes its files, `app.psgi` among them, and gives the environment that it needs."""
    (folder / "llng.ini").write_text(SETTINGS.format(folder=folder, portal=PORTAL))
    (folder / "app.psgi").write_text(APPLICATION)
    (folder / "lmConf-1.json").write_text(json.dumps(configuration(folder, base, clients)))
    return {"LLNG_DEFAULTCONFFILE": str(folder / "llng.ini")}


def configuration(
    folder: Path, base: str, clients: Mapping[str, dict[str, Any]]
) -> dict[str, Any]:
    """The first configuration, which an administrator would otherwise click together."""
    private, public = signing_key()
    endpoints = {
        "AuthorizeURI": "authorize",
        "TokenURI": "token",
        "UserInfoURI": "userinfo",
        "JWKSURI": "jwks",
        "RegistrationURI": "register",
        "IntrospectionURI": "introspect",
        "EndSessionURI": "logout",
        "CheckSessionURI": "checksession.html",
        "FrontChannelURI": "flogout",
        "BackChannelURI": "blogout",
    }
    return {
        "cfgNum": 1,
        "cfgVersion": "2.16.1",
        # Without a date it says that there is no configuration.
        "cfgDate": 1,
        "cfgAuthor": "test",
        "portal": f"{base}/",
        "domain": "127.0.0.1",
        "securedCookie": 0,
        "key": "for tests on loopback only",
        "locationRules": {},
        "authentication": "Demo",
        "userDB": "Same",
        "passwordDB": "Demo",
        "registerDB": "Demo",
        "captcha": "::Captcha::None",
        "requireToken": 1,
        "globalStorage": "Apache::Session::File",
        "globalStorageOptions": storage(folder / "sessions"),
        "persistentStorage": "Apache::Session::File",
        "persistentStorageOptions": storage(folder / "persistent"),
        "localSessionStorage": "Cache::FileCache",
        "localSessionStorageOptions": {
            "cache_root": str(folder / "cache"),
            "namespace": "sessions",
            "default_expires_in": 600,
            "cache_depth": 3,
        },
        "demoExportedVars": {"cn": "cn", "mail": "mail", "uid": "uid"},
        "portalSkin": "bootstrap",
        "issuerDBOpenIDConnectActivation": 1,
        "issuerDBOpenIDConnectPath": "^/oauth2/",
        "issuerDBOpenIDConnectRule": 1,
        "oidcServiceMetaDataIssuer": base,
        **{f"oidcServiceMetaData{name}": path for name, path in endpoints.items()},
        "oidcServiceAllowAuthorizationCodeFlow": 1,
        "oidcServiceKeyIdSig": "signing",
        "oidcServicePrivateKeySig": private,
        "oidcServicePublicKeySig": public,
        "oidcServiceMetaDataAuthnContext": {"loa-1": 1},
        "oidcRPMetaDataOptions": dict(clients),
        "oidcRPMetaDataExportedVars": {name: CLAIMS for name in clients},
    }


def storage(folder: Path) -> dict[str, str]:
    """Where sessions of one kind are kept, each in a file."""
    (folder / "lock").mkdir(parents=True)
    return {
        "Directory": str(folder),
        "LockDirectory": str(folder / "lock"),
        "generateModule": "Lemonldap::NG::Common::Apache::Session::Generate::SHA256",
    }


def signing_key() -> tuple[str, str]:
    """A new RSA key in PEM, its private and its public half."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private.decode(), public.decode()
