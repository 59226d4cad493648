"""A person at a browser, and what they see."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, expect

from demo import Demo

CONSENT_FORM = "#consent"

ADA = "Ada Lovelace"

NOWHERE = "https://avatars.example/"
"""Where the simulator's people have their pictures: no such host, as the browser then says."""


class Visitor:
    """A person with one tab open. What the browser complains about is kept in `complaints`."""

    def __init__(self, context: BrowserContext, demo: Demo) -> None:
        self.demo = demo
        self.complaints: list[str] = []
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.page: Page = context.new_page()

    def _hear(self, message: ConsoleMessage) -> None:
        # Violations of the content security policy arrive here, too.
        place = message.location["url"]
        if message.type in ("error", "warning") and not place.startswith(NOWHERE):
            self.complaints.append(f"{message.type}: {message.text} ({place})")

    # What a person does.

    def opens_sign_in(self) -> None:
        self.page.goto(self.demo.login_url)

    def chooses_provider(self, provider: str) -> None:
        """Presses a provider's button and comes to its consent page."""
        self.page.click(f"#provider-{provider}")
        expect(self.page.locator(CONSENT_FORM)).to_have_attribute("data-dialect", provider)

    def continues_as(self, person: str, *, fault: str = "", waits: bool = True) -> None:
        """Chooses who to be at the provider, and how the provider misbehaves afterwards."""
        if fault:
            self.page.select_option("#fault", fault)
        self.page.click(f"#person-{person}", no_wait_after=not waits)

    def signs_in(self, provider: str = "github", person: str = "ada") -> None:
        """Goes all the way from the sign-in page to the landing page."""
        self.opens_sign_in()
        self.chooses_provider(provider)
        self.continues_as(person)
        expect(self.page).to_have_url(f"{self.demo.login_url}?oauth_success=1")

    def opens_profile(self) -> None:
        self.page.click("#go-to-profile")
        expect(self.page).to_have_url(self.demo.profile_url)

    def links(self, provider: str, person: str = "ada") -> None:
        """Links another account from the profile page."""
        self.page.goto(self.demo.profile_url)
        self.page.click(f"#link-{provider}")
        expect(self.page.locator(CONSENT_FORM)).to_have_attribute("data-dialect", provider)
        self.continues_as(person)

    def signs_out(self) -> None:
        self.page.click("#sign-out")
        expect(self.page).to_have_url(f"{self.demo.login_url}?signed_out=1")

    # What a person sees.

    @property
    def notice(self) -> Locator:
        return self.page.locator("#notice")

    @property
    def person(self) -> Locator:
        """The name of whoever is signed in."""
        return self.page.locator(".person-name")

    def binding(self, provider: str) -> Locator:
        """A linked account's row on the profile page."""
        return self.page.locator(f"#binding-{provider}")

    def is_signed_in(self) -> bool:
        """Whether the profile page may be seen, asked without leaving the page."""
        answer = self.page.request.get(self.demo.profile_url, max_redirects=0)
        assert answer.ok or answer.headers["location"].startswith("/auth/login"), answer.status
        return answer.ok


NewVisitor = Callable[..., Visitor]
"""Lets somebody visit, with the options of a Playwright context."""
