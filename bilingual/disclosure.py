"""What a reader must be told of how the English was made, from the states of its sentences."""

from __future__ import annotations

from collections.abc import Iterable

from bilingual.document import Origin, ReviewState, Translation

__all__ = ["disclosure", "statement"]


def disclosure(translations: Iterable[Translation]) -> tuple[str, str]:
    """The statement for an edition, in English and in Arabic."""
    sentences = machine = edited = approved = 0
    for translation in translations:
        sentences += 1
        machine += translation.origin in {Origin.MACHINE, Origin.COPIED}
        edited += translation.state is ReviewState.POST_EDITED
        approved += translation.state is ReviewState.APPROVED
    return statement(sentences, machine, edited, approved)


def statement(sentences: int, machine: int, edited: int, approved: int) -> tuple[str, str]:
    """The statement, in English and in Arabic, for counts of sentences.

    ``machine`` of them have the words of the engine or of the source; a person has corrected
    ``edited`` and approved ``approved``.
    """
    if not sentences:
        return "This edition has no English text.", "لا يتضمن هذا الإصدار نصا إنجليزيا."
    how = "The English text was produced by machine translation"
    how += f" ({machine} of {sentences} sentences)"
    how_ar = f"النص الإنجليزي ناتج عن ترجمة آلية (عدد الجمل: {machine} من {sentences})"
    if not machine:
        how, how_ar = "The English text was written by people", "النص الإنجليزي من وضع أشخاص"
    if not edited and not approved:
        return (
            f"{how}. No sentence has been reviewed by a person.",
            f"{how_ar}. ولم يراجع أي شخص أيا من جمله.",
        )
    unseen = sentences - edited - approved
    return (
        f"{how}. Corrected by a person: {edited}; approved for publication: {approved}; "
        f"not reviewed: {unseen}. Each sentence states its own state.",
        f"{how_ar}. صححها شخص: {edited}؛ أقرت للنشر: {approved}؛ لم تراجع: {unseen}. "
        "وتبين كل جملة حالتها.",
    )
