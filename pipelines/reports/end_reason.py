"""Why a run ended, and the exit status that says so."""

from enum import StrEnum

from scraper.exit_status import ExitStatus


class EndReason(StrEnum):
    """Why a run ended, as column `ended_why` of its row has it."""

    FINISHED = "finished"
    BUDGET = "budget"  # --max-pages
    ASKED_TO_WAIT = "asked to wait"  # by the host, for longer than a run waits
    STORAGE = "storage"  # failed
    INTERNAL = "internal error"  # of qarchive
    UNREACHABLE = "unreachable"
    TURNED_AWAY = "turned away"  # the site put off all that was requested
    FORBIDDEN = "forbidden"  # the start pages, by robots.txt
    TRAP = "trap"  # only pages that seem endless are left
    STOPPED = "stopped"  # by a signal or a time limit

    @property
    def exit_status(self) -> ExitStatus:
        """The exit status of a run that has no complaints."""
        match self:
            case EndReason.FINISHED | EndReason.BUDGET | EndReason.ASKED_TO_WAIT:
                return ExitStatus.DONE
            case EndReason.STORAGE:
                return ExitStatus.STORAGE
            case EndReason.INTERNAL:
                return ExitStatus.INTERNAL
            case EndReason.UNREACHABLE | EndReason.TURNED_AWAY | EndReason.FORBIDDEN:
                return ExitStatus.UNREACHABLE
            case EndReason.TRAP | EndReason.STOPPED:
                return ExitStatus.STOPPED
