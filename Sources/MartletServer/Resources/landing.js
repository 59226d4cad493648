// Loaded where a flow ends. If this window is a popup that a page of the same origin opened, that page is told how the
// flow ended, and the popup closes. Anywhere else it does nothing.
(() => {
  "use strict";
  const parameters = new URLSearchParams(location.search);
  const error = parameters.get("oauth_error");

  let message;
  if (error !== null) {
    message = { type: "martlet", result: "error" };
    if (/^[A-Z_]{1,64}$/.test(error)) message.code = error;
  } else if (parameters.get("bind_success") === "1") {
    message = { type: "martlet", result: "bound" };
  } else if (parameters.get("oauth_success") === "1") {
    message = { type: "martlet", result: "success" };
  }

  const opener = window.opener;
  if (!message || !opener || opener === window || !isOfThisOrigin(opener)) return;
  opener.postMessage(message, location.origin);
  window.close();

  // Reading another origin's location throws.
  function isOfThisOrigin(other) {
    try {
      return other.location.origin === location.origin;
    } catch {
      return false;
    }
  }
})();
