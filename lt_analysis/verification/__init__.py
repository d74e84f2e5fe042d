"""The attacker: what anybody can work out about the hidden numbers from what is published.

It shares no code with `release`, which protects: it reads the pages and spreadsheets as a stranger does, and never
opens data/processed. Two pieces of code that agree because one is the other would prove nothing.

`attack(publication)` is the whole of it; `read_publication` makes a publication of pages, `publication_of` of a
mapping from keys to values. `read_posts` reads in which quarters there were posts. Metrics of inequality are attacked
apart, by `verification.metrics`: they share no person with any other number.
"""

from lt_analysis.verification.attacking import attack
from lt_analysis.verification.meaning import Knowledge
from lt_analysis.verification.posts import Posts, read_posts
from lt_analysis.verification.reading import read_publication
from lt_analysis.verification.statements import Publication, publication_of
from lt_analysis.verification.verdicts import Attack

__all__ = ["Attack", "Knowledge", "Posts", "Publication", "attack", "publication_of", "read_posts", "read_publication"]
