// @ts-check
// The service's client for single-page applications. Served at /auth/client.js; depends on nothing.

/**
 * @typedef {{ id: string, name: string, icon: string, authorizeURL: string }} Provider
 * @typedef {{ id: string, name: string|null, email: string|null, emailVerified: boolean,
 *   emailIsPrivateRelay: boolean, avatar: string|null }} User
 * @typedef {{ user: User, expiresAt: string|null }} Session
 * @typedef {{ id: number, provider: string, username: string|null, email: string|null, avatar: string|null,
 *   boundAt: string }} Binding
 * @typedef {{ bound: true, binding: { id: number, username: string|null } } | { bound: false }} BindingStatus
 * @typedef {{ id: string, current: boolean, createdAt: string, lastSeenAt: string, expiresAt: string,
 *   userAgent: string|null, address: string|null, provider: string|null }} SessionRecord
 */

/** A refusal of the service, or a call that did not come about. */
export class MartletError extends Error {
  /**
   * @param {string} code a code of the service, or one of this module: `POPUP_BLOCKED`, `POPUP_CLOSED`,
   *   `NETWORK_ERROR` (no answer came), `BAD_RESPONSE` (the answer is not the service's).
   * @param {number} status the HTTP status; 0 when there was none.
   * @param {string} detail what was wrong, for a developer.
   */
  constructor(code, status, detail) {
    super(`${code}: ${detail}`);
    this.name = "MartletError";
    this.code = code;
    this.status = status;
    this.detail = detail;
  }
}

/** The calls. Those that answer with a promise reject with a {@link MartletError}. */
export class Martlet {
  #base;

  /**
   * @param {{ base?: string | URL }} [options] `base`: the address of the service, by default where this module came
   *   from. It must be on the page's own origin: the session's cookie goes nowhere else.
   */
  constructor({ base = new URL("/", import.meta.url) } = {}) {
    this.#base = new URL("/api/auth/", new URL(base, location.href));
  }

  // Signing in and out

  /**
   * Leaves the page to sign in, and comes back to `redirectURI` with `oauth_success=1` or `oauth_error=CODE`.
   *
   * @param {string} provider
   * @param {{ redirectURI?: string }} [options] by default the service's sign-in page.
   */
  login(provider, { redirectURI } = {}) {
    location.assign(this.#authorizeURL(provider, { redirect_uri: redirectURI }));
  }

  /**
   * Signs in through a popup window. Call it right in the handler of a click: browsers block popups at other times.
   *
   * @param {string} provider
   * @returns {Promise<Session>}
   */
  async loginPopup(provider) {
    await this.#popup(this.#authorizeURL(provider, {}));
    const session = await this.session();
    if (session === null) throw new MartletError("UNAUTHORIZED", 401, "The login ended without a session.");
    return session;
  }

  /**
   * Who is signed in; null when nobody is.
   *
   * @returns {Promise<Session|null>}
   */
  async session() {
    try {
      return await this.#call("GET", "session");
    } catch (error) {
      if (error instanceof MartletError && error.status === 401) return null;
      throw error;
    }
  }

  /**
   * Signs in by an ID token that a provider gave the page itself, like Google One Tap.
   *
   * @param {string} provider
   * @param {{ idToken: string, nonce?: string, user?: object }} login `nonce`: what was given to the provider as nonce;
   *   `user`: what the provider told of the person beside the token.
   * @returns {Promise<Session>}
   */
  async loginWithIDToken(provider, { idToken, nonce, user }) {
    const answer = await this.#call("POST", `oauth/${encodeURIComponent(provider)}/id-token`, { idToken, nonce, user });
    if (!answer.success) {
      location.assign(this.#loginPage({ binding_token: answer.bindingToken, provider: answer.provider }));
      return new Promise(() => {});
    }
    return { user: answer.user, expiresAt: answer.expiresAt };
  }

  /**
   * Signs out.
   *
   * @param {{ atProvider?: boolean }} [options] `atProvider`: leaves the page to sign out at the provider too, where it
   *   offers that.
   * @returns {Promise<void>}
   */
  async logout({ atProvider = false } = {}) {
    const { providerLogoutURL } = await this.#call("POST", "logout");
    if (atProvider && providerLogoutURL) location.assign(new URL(providerLogoutURL, this.#base));
  }

  /**
   * The providers that offer a login, in the order in which to show them.
   *
   * @returns {Promise<Provider[]>}
   */
  async providers() {
    return (await this.#call("GET", "providers")).providers;
  }

  /**
   * The user's sessions that have not ended, newest first.
   *
   * @returns {Promise<SessionRecord[]>}
   */
  async sessions() {
    return (await this.#call("GET", "sessions")).sessions;
  }

  // Linked accounts

  /**
   * Leaves the page to link an account, and comes back to `redirectURI` with `bind_success=1` or `oauth_error=CODE`.
   *
   * @param {string} provider
   * @param {{ redirectURI?: string }} [options] by default the service's profile page.
   */
  bind(provider, { redirectURI } = {}) {
    location.assign(this.#authorizeURL(provider, { bind: "1", redirect_uri: redirectURI }));
  }

  /**
   * Links an account through a popup window. Call it right in the handler of a click.
   *
   * @param {string} provider
   * @returns {Promise<Binding>}
   */
  async bindPopup(provider) {
    await this.#popup(this.#authorizeURL(provider, { bind: "1" }));
    const binding = (await this.bindings()).find((each) => each.provider === provider);
    if (!binding) throw new MartletError("OAUTH_BINDING_NOT_FOUND", 404, "The window ended without a link.");
    return binding;
  }

  /**
   * Unlinks the account of a provider.
   *
   * @param {string} provider
   * @returns {Promise<void>}
   */
  async unbind(provider) {
    await this.#call("DELETE", `oauth/${encodeURIComponent(provider)}/unbind`);
  }

  /**
   * The linked accounts.
   *
   * @returns {Promise<Binding[]>}
   */
  async bindings() {
    return (await this.#call("GET", "oauth/bindings")).bindings;
  }

  /**
   * Whether an account of a provider is linked, and which.
   *
   * @param {string} provider
   * @returns {Promise<BindingStatus>}
   */
  status(provider) {
    return this.#call("GET", `oauth/${encodeURIComponent(provider)}/status`);
  }

  /**
   * Links the account that a binding token stands for: the `binding_token` parameter of the sign-in page.
   *
   * @param {string} bindingToken
   * @returns {Promise<{ provider: string, username: string|null }>}
   */
  async redeem(bindingToken) {
    return (await this.#call("POST", "oauth/bind", { bindingToken })).binding;
  }

  // Beneath

  /**
   * @param {string} provider
   * @param {Record<string, string|undefined>} parameters
   */
  #authorizeURL(provider, parameters) {
    const url = new URL(`oauth/${encodeURIComponent(provider)}/authorize`, this.#base);
    for (const [name, value] of Object.entries(parameters)) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    return url.href;
  }

  /** @param {Record<string, string>} parameters */
  #loginPage(parameters) {
    return new URL(`/auth/login?${new URLSearchParams(parameters)}`, this.#base).href;
  }

  /**
   * Opens a window and waits for the message of its last page. Nothing may be awaited before the window is opened.
   *
   * @param {string} url
   * @returns {Promise<void>}
   */
  #popup(url) {
    const popup = window.open(url, "_blank", "popup,width=600,height=700");
    if (!popup) return Promise.reject(new MartletError("POPUP_BLOCKED", 0, "The browser opened no window."));
    return new Promise((resolve, reject) => {
      let looksClosed = false;
      const watch = setInterval(() => {
        // The window closes right after its message, which may be still on its way: hence the second look.
        if (looksClosed) end(new MartletError("POPUP_CLOSED", 0, "The window was closed before the end."));
        looksClosed = popup.closed;
      }, 250);
      /** @param {MartletError} [error] */
      const end = (error) => {
        clearInterval(watch);
        removeEventListener("message", listen);
        error ? reject(error) : resolve();
      };
      /** @param {MessageEvent} event */
      const listen = ({ origin, source, data }) => {
        // The source of a message is null once its window has closed.
        if (origin !== this.#base.origin || (source !== popup && source !== null)) return;
        if (data?.type !== "martlet") return;
        if (data.result !== "error") return end();
        end(new MartletError(data.code ?? "BAD_RESPONSE", 0, "The window ended with an error."));
      };
      addEventListener("message", listen);
    });
  }

  /**
   * @param {string} method
   * @param {string} path below `/api/auth/`
   * @param {object} [body]
   * @returns {Promise<any>}
   */
  async #call(method, path, body) {
    const headers = { Accept: "application/json", ...(body && { "Content-Type": "application/json" }) };
    let answer;
    try {
      answer = await fetch(new URL(path, this.#base), {
        method, headers, body: body && JSON.stringify(body), credentials: "same-origin", cache: "no-store",
      });
    } catch {
      throw new MartletError("NETWORK_ERROR", 0, "The service did not answer.");
    }
    const json = await answer.json().catch(() => null);
    if (answer.ok && json !== null) return json;
    throw new MartletError(json?.code ?? "BAD_RESPONSE", answer.status, json?.detail ?? "No JSON came.");
  }
}

/** The calls to the service that this module came from. */
export const martlet = new Martlet();
