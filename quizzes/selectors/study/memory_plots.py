"""A student's memory as plots, each under its finding. From counts already made; reads nothing."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.retention import Retention
from quizzes.core.shares import LEAST_TOLD, Share
from quizzes.core.standing import Age, GroupStanding
from quizzes.formats.plots import Bar, Line, Plot, Reference, level_bars, lines
from quizzes.selectors.study.days import about_days, cards_words, day_of_month, length_words, percent

Group = tuple[str, GroupStanding, int]
"""A section's title, how its cards stand, how many of its cards are asked."""


def retention_plot(found: Retention, target: float, *, weeks: int) -> Plot:
    """What was recalled at the first try of a day, by the age of the card."""
    shares = ((_("Young cards"), found.young), (_("Mature cards"), found.mature), (_("All"), found.all))
    return level_bars(
        _retention_finding(found.all, target, weeks),
        [_share_bar(name, share) for name, share in shares],
        columns=(_("Cards"), _("Recalled"), _("Of"), _("Share"), _("95 % interval")),
        target=target,
        target_name=_("your aim, %(percent)s") % {"percent": percent(target)},
    )


def _share_bar(name: str, share: Share) -> Bar:
    counts = (str(share.right), str(share.n))
    if not share.tells:
        words = ngettext("%(name)s: %(n)d answer, not enough yet", "%(name)s: %(n)d answers, not enough yet", share.n)
        said = words % {"name": name, "n": share.n}
        return Bar(
            name, (0.0,), said, cells=(*counts, _("not enough answers yet"), ""), figure=_("not enough answers yet")
        )
    low, high = share.interval
    between = _("%(low)s to %(high)s") % {"low": percent(low), "high": percent(high)}
    said = _("%(right)d of %(n)d, likely %(between)s") % {"right": share.right, "n": share.n, "between": between}
    return Bar(name, (share.value,), said, low=low, high=high, cells=(*counts, percent(share.value), between))


def _retention_finding(share: Share, target: float, weeks: int) -> str:
    if not share.tells:
        return _("Too few reviews in %(weeks)d weeks to tell what you retain") % {"weeks": weeks}
    low, high = share.interval
    words = {"share": percent(share.value), "target": percent(target)}
    if high < target:
        return _("You recall %(share)s of what comes back, below your aim of %(target)s") % words
    if low > target:
        return _("You recall %(share)s of what comes back, above your aim of %(target)s") % words
    return _("You recall %(share)s of what comes back, about your aim of %(target)s") % words


def weeks_plot(weeks: Sequence[tuple[date, Share]], target: float) -> Plot:
    """The share recalled week by week; weeks with too few answers are left out."""
    told = [(at, start, share) for at, (start, share) in enumerate(weeks) if share.tells]
    points = [(float(at), share.value) for at, _start, share in told]
    said = [
        _("from %(day)s: %(right)d of %(n)d, %(share)s")
        % {"day": day_of_month(start), "right": share.right, "n": share.n, "share": percent(share.value)}
        for _at, start, share in told
    ]
    return lines(
        _weeks_finding([share for _at, _start, share in told]),
        [Line(_("Recalled"), points, dots=True, said=said)],
        x_label=_("Week from"),
        y_label=_("Recalled"),
        show_x=lambda at: day_of_month(weeks[round(at)][0]),
        reference=Reference(_("your aim, %(percent)s") % {"percent": percent(target)}, target),
        empty=_("No week has %(n)d reviews yet") % {"n": LEAST_TOLD},
        x_ticks=[float(at) for at in range(0, len(weeks), max(1, len(weeks) // 4))],
        span=(0.0, max(1.0, len(weeks) - 1.0)),
    )


def _weeks_finding(shares: Sequence[Share]) -> str:
    if not shares:
        return _("What you retain, week by week")
    if len(shares) == 1:
        return _("One week so far: %(share)s recalled") % {"share": percent(shares[0].value)}
    worst, best = (percent(pick(share.value for share in shares)) for pick in (min, max))
    return _("Between %(worst)s and %(best)s recalled, week by week") % {"worst": worst, "best": best}


def recall_plot(groups: Sequence[Group], target: float) -> Plot:
    """Predicted recall of what has been learned, by section; what is still being learned stands beside it."""
    return level_bars(
        recall_finding(groups),
        [_recall_bar(*group) for group in groups],
        columns=(_("Section"), _("Predicted recall"), _("Cards learned"), _("In learning"), _("Not yet met")),
        target=target,
        target_name=_("your aim, %(percent)s") % {"percent": percent(target)},
        empty=_("No card has been met yet"),
    )


def _recall_bar(title: str, one: GroupStanding, asked: int) -> Bar:
    counts = (str(one.learned), str(one.learning), str(max(0, asked - one.learned - one.learning)))
    if one.recall is None:
        said = _("%(title)s: %(cards)s in learning, none learned yet") % {
            "title": title,
            "cards": cards_words(one.learning),
        }
        return Bar(title, (0.0,), said, cells=(_("none learned yet"), *counts), figure=_("in learning"))
    words = {"title": title, "share": percent(one.recall), "cards": cards_words(one.learned)}
    said = _("%(title)s: %(share)s of %(cards)s") % words
    return Bar(title, (one.recall,), said, cells=(percent(one.recall), *counts))


def recall_finding(groups: Sequence[Group]) -> str:
    """The section that would be recalled worst."""
    told = [(one.recall, title) for title, one, _asked in groups if one.recall is not None]
    if not told:
        return _("What you would recall, by section")
    share, title = min(told)
    if len(told) == 1:
        return _("You would recall %(share)s of %(title)s") % {"share": percent(share), "title": title}
    return _("Weakest: %(title)s, %(share)s") % {"title": title, "share": percent(share)}


def stability_plot(groups: Sequence[Group]) -> Plot:
    """How long memories last, by section: days until recall falls to 90 %, the middle card of each."""
    told = [(title, one.stability_days, one.learned) for title, one, _n in groups if one.stability_days is not None]
    longest = max((days for _title, days, _n in told), default=1.0)
    found = [
        Bar(
            title,
            (days,),
            _("%(title)s: %(days)s, %(cards)s")
            % {"title": title, "days": about_days(days), "cards": cards_words(learned)},
            cells=(f"{days:.1f}", str(learned)),
            figure=about_days(days),
        )
        for title, days, learned in told
    ]
    return level_bars(
        _stability_finding(told),
        found,
        columns=(_("Section"), _("Days until recall falls to 90 %"), _("Cards learned")),
        highest=longest,
        show=lambda days: length_words(days) if days else "0",
        empty=_("No card has been learned yet"),
    )


def _stability_finding(told: Sequence[tuple[str, float, int]]) -> str:
    if not told:
        return _("How long your memories last, by section")
    title, days, _learned = max(told, key=lambda one: one[1])
    return _("Lasting longest: %(title)s, %(days)s") % {"title": title, "days": about_days(days)}


def ages_plot(ages: Mapping[Age, int], suspended: int) -> Plot:
    """How far the cards have come, as shares of all that are asked."""
    names = (
        (_("Not yet met"), ages[Age.UNMET]),
        (_("Learning"), ages[Age.LEARNING]),
        (_("Young, back within three weeks"), ages[Age.YOUNG]),
        (_("Mature, back after three weeks or more"), ages[Age.MATURE]),
        (_("Suspended"), suspended),
    )
    total = sum(count for _name, count in names)
    found = [
        Bar(
            name,
            (count / total if total else 0.0,),
            _("%(name)s: %(n)d of %(total)d") % {"name": name, "n": count, "total": total},
            cells=(str(count), percent(count / total if total else 0.0)),
            figure=str(count),
        )
        for name, count in names
        if count or name != _("Suspended")
    ]
    title = _("%(met)d of %(total)d cards met, %(mature)d of them mature")
    words = {"met": total - ages[Age.UNMET], "total": total, "mature": ages[Age.MATURE]}
    return level_bars(title % words, found, columns=(_("Cards"), _("How many"), _("Share")))
