"""The words that pages use for the audit itself: its name, its scope, its glossary, what it leaves out."""

PARTNERSHIP = "Lambeth Together"
AUDIT = "Race equality in senior recruitment"
BAND_8_POSTS = "Band 8 and above"
HIDDEN_SYMBOL = "[c]"
TOO_FEW = "Too few people to say without identifying someone"

NOT_YET_AUDITED = (
    "who works at each band (representation)",
    "who leaves, is promoted, is disciplined or is trained (retention)",
    "the Workforce Race and Disability Equality Standards as a set",
    "whether pledged actions were delivered",
    "totals for the whole partnership",
    "disability, sex, age, sexual orientation and religion",
)

GLOSSARY = {
    "Applicants": "people who applied and met the essential requirements, where the organisation records "
    "that; otherwise all who applied.",
    "Appointed": "offered the post, whether or not they took it up.",
    "Band 8 and above": "NHS bands 8a to 9 and very senior managers, or a post elsewhere advertised at the "
    "pay of Band 8a or more in the same year and area.",
    "BME": "Black, Asian, Mixed and other minority ethnic groups, as the NHS race equality standard "
    "defines them. It leaves out White Irish and White Other.",
    "Relative likelihood": "the share of White people who were successful, divided by the share of the other "
    "group. Above 1, White people were more likely to be successful. Below 1, they were less likely.",
    "Likely range": "values of the relative likelihood that fit the counts. About 1 in 20 such ranges miss "
    "the true value.",
    "Expected": "how many of those successful would be BME if everyone being compared for the same post had "
    "the same chance.",
    "Unremarkable": "a count that equal chances alone would often give. About 1 time in 20, "
    "equal chances give a count outside it.",
    HIDDEN_SYMBOL: "not shown, because too few people are involved.",
}
