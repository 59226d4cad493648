"""Sign-in with FastAPI and fastapi-oauth20.

BENCH_HTTP=shipped leaves the library's HTTP client as it is: a new one, with a new TLS context, for every call. Otherwise
calls go through one pooled aiohttp session.
"""

import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from common import (
    CALLBACK,
    CLIENT_ID,
    CLIENT_SECRET,
    COOKIE,
    COOKIE_SECRET,
    STUB,
    Accounts,
    challenge,
    prepare_database,
)
from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from fastapi_oauth20.oauth20 import OAuth20Base
from starlette.middleware.sessions import SessionMiddleware


class PooledOAuth20(OAuth20Base):
    """The library's client with its two calls made through one session."""

    session: aiohttp.ClientSession

    async def get_access_token(self, code: str, redirect_uri: str, code_verifier: str | None = None) -> dict[str, Any]:
        data = {
            "code": code,
            "redirect_uri": redirect_uri,
            "grant_type": "authorization_code",
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "code_verifier": code_verifier,
        }
        async with self.session.post(self.access_token_endpoint, data=data, headers=self.request_headers) as response:
            response.raise_for_status()
            return await response.json()

    async def get_userinfo(self, access_token: str) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {access_token}"}
        async with self.session.get(self.userinfo_endpoint, headers=headers) as response:
            response.raise_for_status()
            return await response.json()


kind = OAuth20Base if os.environ.get("BENCH_HTTP") == "shipped" else PooledOAuth20
client = kind(
    CLIENT_ID,
    CLIENT_SECRET,
    authorize_endpoint=f"{STUB}/authorize",
    access_token_endpoint=f"{STUB}/token",
    userinfo_endpoint=f"{STUB}/userinfo",
    default_scopes=["profile", "email"],
)


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    prepare_database()
    app.state.accounts = Accounts()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        if isinstance(client, PooledOAuth20):
            client.session = session
        yield


app = FastAPI(lifespan=lifespan, openapi_url=None)
app.add_middleware(SessionMiddleware, secret_key=COOKIE_SECRET, session_cookie="flow", max_age=300)


@app.get("/start")
async def start(request: Request) -> Response:
    """Begins a login; state and verifier travel in the signed cookie."""
    state, verifier = secrets.token_urlsafe(16), secrets.token_urlsafe(32)
    request.session["flow"] = [state, verifier]
    url = await client.get_authorization_url(
        CALLBACK, state=state, code_challenge=challenge(verifier), code_challenge_method="S256"
    )
    return RedirectResponse(url, 302)


@app.get("/callback")
async def callback(request: Request, code: str, state: str) -> Response:
    """Ends a login."""
    expected, verifier = request.session.pop("flow", (None, None))
    if expected is None or not secrets.compare_digest(state, expected):
        raise HTTPException(400, "the state is unknown")
    token = await client.get_access_token(code, CALLBACK, verifier)
    profile = await client.get_userinfo(token["access_token"])
    response = RedirectResponse("/", 302)
    session = request.app.state.accounts.sign_in(profile)
    response.set_cookie(COOKIE, session, max_age=2_592_000, httponly=True, samesite="lax")
    return response


@app.get("/verify")
async def verify(request: Request) -> Response:
    """Says whose session it is."""
    user = request.app.state.accounts.user(request.cookies.get(COOKIE))
    if user is None:
        raise HTTPException(401)
    return Response(headers={"X-Auth-User": str(user)})
