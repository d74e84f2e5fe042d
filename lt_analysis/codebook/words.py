"""The words that pages use for the audit itself: its name, its scope, its glossary, what it leaves out."""

PARTNERSHIP = "Lambeth Together"
AUDIT = "Race equality in senior recruitment"
BAND_8_POSTS = "Band 8 and above"
HIDDEN_SYMBOL = "[c]"
HIDDEN_MEANING = "not shown, because too few people are involved"
TOO_FEW = "Too few people to say without identifying someone"

NOT_YET_AUDITED = (
    "who works at each band (representation)",
    "who leaves, is promoted, is disciplined or is trained (retention)",
    "the Workforce Race and Disability Equality Standards as a set",
    "whether pledged actions were delivered",
    "totals for the whole partnership",
    "how far people of unknown ethnicity could change the figures",
    "single ethnic groups, and international and bulk campaigns",
    "disability, sex, age, sexual orientation and religion",
)

GLOSSARY = {
    "Applicants": "applications that met the essential requirements (in totals: all applications that were "
    "counted). Somebody who applies for several posts is counted once for each.",
    "Appointed": "offered the post, whether or not they took it up.",
    "Band 8 and above": "NHS bands 8a to 9 and very senior managers, or a post elsewhere advertised at the "
    "pay of Band 8a or more in the same year and area.",
    "BME": "Black, Asian, Mixed and other minority ethnic groups, as the NHS race equality standard "
    "defines them. It leaves out White Irish and White Other.",
    "Relative likelihood": "the share of White people who were successful, divided by the share of the other "
    "group. Above 1, White people's share was larger. Below 1, it was smaller.",
    "Likely range": "values that fit the counts. About 1 such range in 20 misses the true value.",
    "Expected": "how many of those successful would be BME if everyone being compared for the same post had "
    "the same chance.",
    "Unremarkable": "a count within the range that equal chances usually give. About 1 time in 20, equal "
    "chances alone give a count outside it.",
    "Could have gone either way": "a post for which people of both groups stood, and neither all of them nor "
    "none of them succeeded.",
    HIDDEN_SYMBOL: f"{HIDDEN_MEANING}.",
}
