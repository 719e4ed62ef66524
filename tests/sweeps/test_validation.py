"""What staff are told of a version is what `check_content` says of its file: of ours, nothing."""

from explainer.library.models import ArticleVersion, ClaimVersion, ReferenceVersion
from explainer.library.nouns import knowledge
from explainer.library.validation import inspect


def test_no_public_version_of_our_content_has_a_problem(content):
    with content():
        known = knowledge()
        versions = [
            *ClaimVersion.objects.published().prefetch_related("positions__source"),
            *ArticleVersion.objects.published(),
            *ReferenceVersion.objects.published(),
        ]
        # Files come without a note; the history says that they came from files.
        found = [
            (version.subject, problem)
            for version in versions
            for problem in inspect(version, known)
            if problem.field != "note"
        ]

    assert found == []
    assert len(versions) > 600
