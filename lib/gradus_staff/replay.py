"""After a kernel has died: a new one, with the cells run again that had worked."""

from __future__ import annotations

from gradus_staff.kernels.session import KernelStartError, Session

__all__ = ["Replays"]


class Replays:
    """Remembers the cells that worked and gives them to a new kernel; a bounded number of times.

    gave_up  why there will be no further kernel, or empty
    """

    def __init__(self, session: Session, most: int) -> None:
        self._session, self._most = session, most
        self._worked: list[str] = []
        self._deaths = 0
        self.gave_up = ""

    def remember(self, source: str) -> None:
        """A cell ran and the kernel lived."""
        self._worked.append(source)

    def after_death(self) -> None:
        """Start a new kernel and run again what had worked; a cell that kills on replay is left out of the next."""
        while not self.gave_up:
            self._deaths += 1
            if self._deaths > self._most:
                self.gave_up = f"the kernel died {self._deaths} times in this notebook."
                return
            try:
                self._session.restart()
            except KernelStartError as error:
                self.gave_up = f"no new kernel could be started ({error})."
                return
            if self._replay():
                return

    def _replay(self) -> bool:
        for index, source in enumerate(self._worked):
            if self._session.run(source, lambda message: None).died:
                del self._worked[index]
                return False
        return True
