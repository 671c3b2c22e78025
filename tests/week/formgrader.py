"""What an instructor does in nbgrader's formgrader."""

from __future__ import annotations

from pathlib import Path

from desk import PATIENCE
from playwright.sync_api import Locator, Page, Response, expect


class Formgrader:
    """The formgrader in a browser window of its own; it must not report an error or miss a file."""

    def __init__(self, page: Page, url: str, pictures: Path) -> None:
        """url: of the server, to which /formgrader is added"""
        expect.set_options(timeout=PATIENCE)
        page.set_default_timeout(PATIENCE)
        self.page, self.url, self.pictures = page, f"{url}/formgrader", pictures
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("response", self._note_missing)

    def _note_missing(self, response: Response) -> None:
        if response.status >= 400 and "/fonts/HTML-CSS/TeX/" not in response.url:  # asked for by MathJax' menu alone
            self.complaints.append(f"{response.status} {response.url}")

    def photograph(self, name: str) -> None:
        self.page.screenshot(path=self.pictures / f"{name}.png")

    def for_assignment(self, assignment: str, button: str) -> str:
        """Press one of the buttons in an assignment's line ("collect", "generate-feedback", ...); the log."""
        self.page.goto(f"{self.url}/manage_assignments")
        return self._press(self.page.locator("tr").filter(has_text=assignment).locator(f".{button} a"), "success")

    def autograde(self, assignment: str, student: str, outcome: str = "success") -> str:
        """Press the button in a submission's line; the log. outcome: "success" or "error", as the dialog says"""
        self.page.goto(f"{self.url}/manage_submissions/{assignment}")
        button = self._line(student).locator(".autograde a")
        return self._press(button, outcome, f"autograde-{student}-{outcome}")

    def expect_status(self, assignment: str, student: str, status: str, score: str) -> None:
        self.page.goto(f"{self.url}/manage_submissions/{assignment}")
        expect(self._line(student).locator(".status")).to_have_text(status)
        expect(self._line(student).locator(".score")).to_have_text(score)

    def open_submission(self, assignment: str, student: str) -> None:
        """The page on which a notebook is marked, with its scores loaded and its formulas set."""
        self.page.goto(f"{self.url}/manage_students/{student}/{assignment}")
        self.page.locator("td.name a").filter(has_text=assignment).click()
        self.page.wait_for_function("window.MathJax?.loaded && formgrader.loaded && formgrader.grades.loaded")

    def mark(self, grade_id: str, points: str, comment: str) -> None:
        """Type points and a comment; each is saved when the next field is entered."""
        for field, text in ((grade_id, points), (f"{grade_id}-comment", comment)):
            with self.page.expect_response(lambda reply: reply.request.method == "PUT") as saved:
                self.page.locator(f"[id='{field}']").fill(text)
                self.page.keyboard.press("Tab")
            assert saved.value.ok

    def _line(self, student: str) -> Locator:
        return self.page.locator("tr").filter(has=self.page.get_by_text(student, exact=True))

    def _press(self, button: Locator, outcome: str, picture: str = "") -> str:
        button.click()
        dialog = self.page.locator(".modal.in")
        expect(dialog).to_have_css("opacity", "1")
        expect(dialog.locator(".modal-title")).to_have_text(outcome.title())
        if picture:
            self.photograph(picture)
        log = dialog.inner_text()
        dialog.get_by_role("button", name="OK").click()
        expect(dialog).to_have_count(0)
        return log
