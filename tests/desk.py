"""What a student does in JupyterLab, said in the student's words; every wait is for a condition, never for a time."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import FrameLocator, Locator, Page, expect

PATIENCE = 120_000
"""Milliseconds that a condition may take on a loaded machine."""


class Desk:
    """JupyterLab in a browser window."""

    def __init__(self, page: Page, pictures: Path) -> None:
        """page: on its way to JupyterLab"""
        expect.set_options(timeout=PATIENCE)
        page.set_default_timeout(PATIENCE)
        self.page, self.pictures = page, pictures
        expect(page.locator("#jp-MainMenu").get_by_text("Nbgrader", exact=True)).to_be_visible()
        expect(page.locator("#jupyterlab-splash")).to_have_count(0)

    def photograph(self, name: str) -> None:
        self.page.screenshot(path=self.pictures / f"{name}.png")

    # -- nbgrader's assignment list

    def open_assignments(self) -> None:
        self.page.locator("#jp-MainMenu").get_by_text("Nbgrader", exact=True).click()
        self.page.get_by_role("menuitem", name="Assignment List").click()
        expect(self.page.locator("#course_list_default, #course_list_placeholder").first).to_be_visible()

    def entry(self, section: str, assignment: str) -> Locator:
        """The line of an assignment under "released", "fetched" or "submitted"."""
        return self.page.locator(f"#{section}_assignments_list > .list_item").filter(has_text=assignment)

    def fetch(self, assignment: str) -> None:
        self.entry("released", assignment).get_by_role("button", name="Fetch").click()
        expect(self.entry("fetched", assignment)).to_be_visible()

    def submit(self, assignment: str) -> None:
        before = self.entry("submitted", assignment).count()
        self.entry("fetched", assignment).get_by_role("button", name="Submit").click()
        expect(self.entry("submitted", assignment)).to_have_count(max(1, before))
        expect(self.entry("fetched", assignment).get_by_role("button", name="Submit")).to_be_enabled()

    def open_notebook(self, assignment: str) -> None:
        line = self.entry("fetched", assignment)
        line.locator(".assignment-notebooks-link").click()
        line.locator(".nested_list_item a").filter(has_text=assignment).click()
        self.page.wait_for_function("window.jupyterapp.shell.currentWidget?.context?.isReady")
        self.wait_idle()

    def fetch_feedback(self, assignment: str) -> None:
        self.page.locator("#refresh_assignments_list").click()
        submitted = self.entry("submitted", assignment)
        expect(submitted).to_contain_text("feedback available to fetch")
        submitted.get_by_role("button", name="Fetch Feedback").click()
        expect(submitted).to_contain_text("view feedback")

    def open_feedback(self, assignment: str) -> FrameLocator:
        """From "view feedback" to the page itself, as JupyterLab shows it."""
        self.entry("submitted", assignment).get_by_text("view feedback").click()
        self.page.locator(".jp-DirListing-item").filter(has_text=f"{assignment}.html").dblclick()
        return self.page.frame_locator(".jp-HTMLViewer iframe, iframe.jp-HTMLViewer").first

    # -- the notebook

    def cell(self, grade_id: str) -> Locator:
        """The cell of a grade id, scrolled to and active."""
        index = self.page.evaluate(
            """async (id) => {
                const notebook = window.jupyterapp.shell.currentWidget.content;
                const cells = notebook.widgets;
                const index = cells.findIndex(cell => cell.model.getMetadata('nbgrader')?.grade_id === id);
                notebook.activeCellIndex = index;
                await notebook.scrollToItem(index, 'center');
                return index;
            }""",
            grade_id,
        )
        assert index >= 0, f"no cell {grade_id}"
        cell = self.page.locator(f".jp-NotebookPanel:visible .jp-Cell[data-windowed-list-index='{index}']")
        expect(cell).to_be_visible()
        return cell

    def type_into(self, grade_id: str, text: str) -> None:
        """Click into a cell, replace what it says, and press Shift+Enter."""
        cell = self.cell(grade_id)
        rendered, editor = cell.locator(".jp-MarkdownOutput:visible"), cell.locator(".cm-content")
        if rendered.count():
            rendered.dblclick()
        editor.click()
        expect(editor).to_be_focused()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Shift+Enter")

    def run_all(self) -> None:
        self.page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
        self.wait_idle()

    def wait_idle(self) -> None:
        """Until every cell has run: a busy kernel that falls idle can still have cells in the queue."""
        self.page.wait_for_function(
            """() => {
                const panel = window.jupyterapp.shell.currentWidget;
                const cells = panel.content.widgets.filter(cell => cell.model.type === 'code');
                const pending = cells.some(cell => cell.model.executionState === 'running');
                return !pending && panel.sessionContext.session?.kernel?.status === 'idle';
            }"""
        )

    def validate(self) -> Locator:
        """Press Validate; the dialog that comes up in the end."""
        self.page.locator(".jp-NotebookPanel:visible .jp-Toolbar").get_by_text("Validate", exact=True).click()
        dialog = self.page.locator(".jp-Dialog").filter(has_text="Validation Results")
        expect(dialog).to_be_visible()
        return dialog

    def dismiss(self, dialog: Locator) -> None:
        dialog.get_by_role("button", name="Ok").click()
        expect(dialog).to_have_count(0)
