"""Rules about the words of our mails."""

from sharedlives.rules import Rule

SOURCE = "UK GDPR Article 5(1)(c): a mail carries no more than it must"
WORDING_PLACEHOLDERS = Rule(
    code="worklist.wording_placeholders",
    says="{unknown} is not something that can be filled in here.",
    mends="Use only the placeholders listed on the page. None of them is a name, on purpose.",
    source=SOURCE,
)
WORDING_BRACES = Rule(
    code="worklist.wording_braces",
    says="A curly bracket stands alone, or holds more than a placeholder.",
    mends="Write placeholders as {{link}}, with one bracket at each side and nothing else inside.",
    source=SOURCE,
)
WORDING_LINK = Rule(
    code="worklist.wording_link",
    says="The words leave out {what}, so they would not say what they are about.",
    mends="Put {what} on a line of its own.",
    source=SOURCE,
)
