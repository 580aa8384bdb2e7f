"""A Question as the plain values that logical pages expect."""

from typing import Any

from scraper.items import Question


def record(question: Question) -> dict[str, Any]:
    """The fields of a record, one tuple for each asker, reply, card and tag."""
    asker = question.asker
    return {
        "source_id": question.source_id,
        "language": question.language,
        "url": question.url,
        "title": question.title,
        "department": question.department,
        "headline": question.headline,
        "text": question.text,
        "asker": asker and (asker.name, asker.sex, asker.age_min, asker.age_max),
        "asked_on": question.asked_on and question.asked_on.isoformat(),
        "replies": [
            (r.doctor, r.department, r.text, r.replied_on and r.replied_on.isoformat())
            for r in question.replies
        ],
        "more_info": question.more_info,
        "similar": [
            (
                card.title,
                card.url,
                card.question_excerpt,
                card.question_complete,
                card.doctor,
                card.department,
                card.reply_excerpt,
                card.reply_complete,
            )
            for card in question.similar
        ],
        "faq_tags": [(tag.name, tag.department, tag.url) for tag in question.faq_tags],
        "mentions": list(question.mentions),
        "warnings": list(question.warnings),
        "problems": [problem.code for problem in question.problems],
    }
