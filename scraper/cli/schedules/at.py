"""`--at`: the time of day, and the days, at which a job begins."""

import re
from dataclasses import dataclass

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LAST_DAY = 28  # every month has it
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
_FORMS = '"03:30", "mon,thu 03:30", "mon-fri 03:30" or "1,15 03:30" (days of the month to 28)'


@dataclass(frozen=True, slots=True)
class At:
    """A time of day on every day, or on the weekdays (0 is Monday) or days of the month named."""

    hour: int
    minute: int
    weekdays: tuple[int, ...] = ()
    days: tuple[int, ...] = ()

    def __str__(self) -> str:
        """In words: `on Mon, Thu at 03:30`."""
        days = "each day"
        if self.weekdays:
            days = "on " + ", ".join(WEEKDAYS[day].title() for day in self.weekdays)
        elif self.days:
            days = f"on day {', '.join(map(str, self.days))} of the month"
        return f"{days} at {self.hour:02}:{self.minute:02}"


def read_at(text: str) -> At:
    """Parse a time such as `mon,thu 03:30`. Raises ValueError, which names the possible forms."""
    words = text.casefold().split()
    time = _TIME.fullmatch(words[-1]) if words else None
    if time is None or len(words) > 2:  # noqa: PLR2004
        raise ValueError(f"no time that can be scheduled: it is written {_FORMS}")
    hour, minute = int(time[1]), int(time[2])
    if len(words) == 1:
        return At(hour, minute)
    items = words[0].split(",")
    if all(item.isascii() and item.isdecimal() for item in items):
        return At(hour, minute, days=tuple(sorted({_day(item) for item in items})))
    weekdays = {weekday for item in items for weekday in _weekdays(item)}
    return At(hour, minute, weekdays=tuple(sorted(weekdays)))


def _day(item: str) -> int:
    if not 1 <= int(item) <= _LAST_DAY:
        raise ValueError(f"not every month has a day {int(item)}: it is written {_FORMS}")
    return int(item)


def _weekdays(item: str) -> range:
    """The days of "thu" or "mon-fri"."""
    first, dash, last = item.partition("-")
    ends = [first, last] if dash else [first, first]
    if not set(ends) <= set(WEEKDAYS) or ends != sorted(ends, key=WEEKDAYS.index):
        raise ValueError(f"no days of the week: it is written {_FORMS}")
    return range(WEEKDAYS.index(ends[0]), WEEKDAYS.index(ends[1]) + 1)
