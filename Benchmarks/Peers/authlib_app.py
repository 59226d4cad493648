"""Sign-in with FastAPI and Authlib's integration for Starlette.

Authlib makes an HTTP client for every call; they share one TLS context here, which is an ordinary option of theirs.
"""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from authlib.integrations.starlette_client import OAuth, OAuthError
from common import (
    CALLBACK,
    CLIENT_ID,
    CLIENT_SECRET,
    COOKIE,
    COOKIE_SECRET,
    STUB,
    Accounts,
    prepare_database,
)
from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from starlette.middleware.sessions import SessionMiddleware

oauth = OAuth()
oauth.register(
    "bench",
    client_id=CLIENT_ID,
    client_secret=CLIENT_SECRET,
    authorize_url=f"{STUB}/authorize",
    access_token_url=f"{STUB}/token",
    userinfo_endpoint=f"{STUB}/userinfo",
    client_kwargs={
        "scope": "profile email",
        "code_challenge_method": "S256",
        "verify": ssl.create_default_context(),
    },
)


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    prepare_database()
    app.state.accounts = Accounts()
    yield


app = FastAPI(lifespan=lifespan, openapi_url=None)
app.add_middleware(SessionMiddleware, secret_key=COOKIE_SECRET, session_cookie="flow", max_age=300)


@app.get("/start")
async def start(request: Request) -> Response:
    """Begins a login; Authlib keeps state and verifier in the signed cookie."""
    return await oauth.bench.authorize_redirect(request, CALLBACK)


@app.get("/callback")
async def callback(request: Request) -> Response:
    """Ends a login."""
    try:
        token = await oauth.bench.authorize_access_token(request)
    except OAuthError as error:
        raise HTTPException(400, error.error) from error
    profile = await oauth.bench.userinfo(token=token)
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
