"""What is asked of leaders: six signature traits of inclusive leadership, and who rates them.

The traits are those that the partnership's Equalities Group named in 2021 as a starting point. The statements are this
audit's own, one for each, so that whoever answers answers once: they are no part of any licensed questionnaire.
"""

from collections.abc import Mapping

ASKED = "In our meetings, members ..."
STATEMENTS: Mapping[str, str] = {
    "commitment": "give time and money to fairness, and not words alone.",
    "courage": "say so when something is unfair, also when that is awkward.",
    "cognizance": "know where their own judgement goes wrong, and have it checked.",
    "curiosity": "ask people whose lives are unlike theirs, and listen to the end.",
    "cultural intelligence": "change how they speak and work, so that others can take part.",
    "collaboration": "let others decide with them, and give them the credit.",
}
TRAITS = tuple(STATEMENTS)
SELF, OTHERS = "self", "others"
RATERS = (SELF, OTHERS)
ANSWERS = ("strongly disagree", "disagree", "neither", "agree", "strongly agree")
AGREE = slice(3, None)  # of the answers
# Of fewer raters, an answer that nobody gave says too much of each of them.
FEW_RATERS = 20
