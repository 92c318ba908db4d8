"""The boilerplate a new plan starts with: the report's fixed sections, and the mails.

The coordinator changes these in the plan's sheet Texter; here stand only the first versions. A line
break makes a new paragraph; in the report a line that starts with `- ` becomes a bullet, one that
starts with `[ ]` a box to tick, and `{plats för skäl}` a place to write in.
"""

INTRODUCTION = "Inledning"
REPORTING = "Rapportering"
DELIMITATION = "Avgränsning"
ALL_GOALS = "Alla mål"
SUMMARY = "Sammanfattning"
PROPOSAL = "Förslag till beslut"
RULE = "Bilaga krav"
IDLE_GOALS = "Bilaga mål"
LETTER = "Tjänsteskrivelse"
# After a report was sent back, and where the matter has been passed to the executive board.
COMPLETED_PROPOSAL = "Förslag efter återremiss"
BOARD_PROPOSAL = "Förslag till KS"
BOARD_LETTER = "Tjänsteskrivelse till KS"
MAIL_TEMPLATES = "Mejl mallar"
MAIL_REMINDERS = "Mejl påminnelser"
MAIL_RETURNS = "Mejl returer"
MAIL_RECEIPTS = "Mejl kvitton"
MAIL_COMPLETIONS = "Mejl kompletteringar"
MAIL_REPORTS = "Mejl rapporter"

# Left out where the plan asks for no number of activities, and where it has no mandatory goal.
MINIMUM = (
    "Kravet är dessutom minst {minsta antal} aktiviteter för de politiska målen från varje enhet, och "
    "större enheter väntas göra mer."
)
RULE_MINIMUM = (
    "Varje enhet ska ha minst {minsta antal} aktiviteter för de politiska målen, om inget annat är "
    "bestämt för enheten."
)
RULE_GOALS = "Obligatoriska mål, som varje enhet ska ha aktiviteter för: {obligatoriska mål}."

# Left out of the mail with a report that goes to the board, or once the day has passed.
HANDED_IN = "Den lämnas till {utskott} den {rapportdatum}."

# Avsnitt, Rubrik, Text.
DEFAULT_TEXTS: tuple[tuple[str, str, str], ...] = (
    (
        INTRODUCTION,
        "Redovisning av arbete för de politiska målen",
        "Rapporten visar hur {verksamhet} arbetar för att nå de politiska målen. Den görs för "
        "{utskott}, som enligt sin uppsiktsplan följer verksamheten under året. Redovisningen visar "
        "läget den {avstämningsdatum}, om inget annat står vid aktiviteten.\n"
        "Kapitlet har ett avsnitt för varje mål. Under målet står de aktiviteter som verksamheten "
        "planerar för att nå det. Mål som verksamheten inte har planerat aktiviteter för tas inte "
        "upp här; i sista kapitlet finns alla mål att jämföra med.\n"
        "Kommunens styrmodell beskriver hur fullmäktiges långsiktiga mål blir kommunstyrelsens mål "
        "för året, och hur de i sin tur blir aktiviteter ute i enheterna. När kommunstyrelsens "
        "verksamhetsplan har antagits börjar förvaltningen planera genomförandet. Alla enheter ska bidra "
        "till målen. Ingen enhet kan arbeta mot vart och ett av dem, men varje enhet kan planera "
        "aktiviteter för något av dem.\n"
        "Fullmäktiges mål för god ekonomisk hushållning kan vara obligatoriska för varje enhet. För "
        f"{{år}} gäller det {{obligatoriska mål}}. {MINIMUM}",
    ),
    (
        REPORTING,
        "Rapportering och uppföljning",
        "Redovisningen görs på uppdrag av kommunstyrelsen och dess utskott. Den ger den politiska "
        "ledningen tillfälle att agera om arbetet mot målen inte går som det ska.\n"
        "Kommunstyrelsens verksamhetsplan följs upp varje tertial enligt fullmäktiges styrmodell, och "
        "det är den vägen kommunstyrelsen i första hand styr förvaltningens målarbete. Den här "
        "rapporten kompletterar uppföljningen genom att gå närmare in på en verksamhet.\n"
        "Utskottet kan godkänna rapporten, och då är ärendet avslutat. Godkänns den inte finns två "
        "vägar:\n"
        "- Rapporten återremitteras för att kompletteras. Skälen ska då framgå av protokollet.\n"
        "- Ärendet lämnas till kommunstyrelsen för vidare åtgärd. Då föredrar utskottets ordförande "
        "ärendet, så att den politiska styrningen och ansvaret är tydliga.",
    ),
    (
        DELIMITATION,
        "Avgränsning",
        "Rapporten tar inte upp det som hör till enheternas löpande ansvar, till exempel fungerande "
        "rutiner, kompetensutveckling och annat utvecklingsarbete. Inte heller arbete som drivs i "
        "projektform eller inom kvalitetsledningssystemet redovisas här.\n"
        "Ekonomi och intern kontroll redovisas enligt sina egna regelverk och ingår inte.",
    ),
    (
        ALL_GOALS,
        "Kommunstyrelsens mål",
        "Här står alla mål som kommunstyrelsen har antagit för {år}, och fullmäktiges mål för god "
        "ekonomisk hushållning.",
    ),
    (
        SUMMARY,
        "Sammanfattning",
        "",
    ),
    (
        PROPOSAL,
        "Förslag till beslut",
        "Förvaltningen föreslår att {utskott} godkänner rapporten.\n"
        "[ ] Rapporten godkänns. Ärendet är därmed avslutat.\n"
        "Godkänns rapporten inte kan {utskott} i stället besluta något av följande:\n"
        "[ ] Rapporten återremitteras för komplettering. Skälen tas med i protokollet:\n"
        "{plats för skäl}\n"
        "[ ] Ärendet lämnas över till kommunstyrelsen för vidare åtgärd. Utskottets ordförande "
        "föredrar ärendet där.",
    ),
    (
        COMPLETED_PROPOSAL,
        "Förslag till beslut",
        "Förvaltningen föreslår att {utskott} godkänner rapporten.\n"
        "[ ] Rapporten godkänns. Ärendet är därmed avslutat.\n"
        "Godkänns rapporten inte kan {utskott} i stället besluta något av följande:\n"
        "[ ] Rapporten återremitteras på nytt. Skälen tas med i protokollet:\n"
        "{plats för skäl}\n"
        "[ ] Ärendet lämnas över till kommunstyrelsen för vidare åtgärd. Utskottets ordförande "
        "föredrar ärendet där.",
    ),
    (
        BOARD_PROPOSAL,
        "Förslag till beslut",
        "Ärendet har lämnats över från {utskott}. Utskottets ordförande föredrar det för "
        "kommunstyrelsen.\n"
        "Kommunstyrelsen kan besluta något av följande:\n"
        "[ ] Kommunstyrelsen godkänner rapporten. Ärendet är därmed avslutat.\n"
        "[ ] Kommunstyrelsen beslutar om vidare åtgärd. Skälen tas med i protokollet:\n"
        "{plats för skäl}",
    ),
    (
        RULE,
        "Aktiviteter per enhet",
        f"{RULE_MINIMUM} {RULE_GOALS} Tabellen visar kravet på varje enhet, och enhetens egna "
        "aktiviteter och verksamhetens gemensamma var för sig.",
    ),
    (
        IDLE_GOALS,
        "Mål utan aktiviteter",
        "{verksamhet} redovisar inga aktiviteter för de här målen.",
    ),
    (
        LETTER,
        "{rapporttitel}: {verksamhet}, {år} {period}",
        "Enligt sin uppsiktsplan har {utskott} uppsikt över {verksamhet}. Verksamhetens rapport om "
        "arbetet för de politiska målen lämnas nu till utskottet.",
    ),
    (
        BOARD_LETTER,
        "{rapporttitel}: {verksamhet}, {år} {period}",
        "Enligt sin uppsiktsplan har {utskott} uppsikt över {verksamhet}. Verksamhetens rapport om "
        "arbetet för de politiska målen har behandlats där, och ärendet lämnas nu över till "
        "kommunstyrelsen.",
    ),
    (
        MAIL_TEMPLATES,
        "Formulär för {period} {år}: {enhet}",
        "Hej {mottagare}!\n\n"
        "Här kommer formuläret för aktiviteter mot de politiska målen, {period} {år}. Det gäller "
        "{enhet}.\n\n"
        "Öppna filen, klicka på Aktivera redigering och börja på bladet Läs mig. Svara på det här "
        "mejlet med det ifyllda formuläret senast {sista svarsdag}.\n\n"
        "Vänliga hälsningar\n{avsändare}",
    ),
    (
        MAIL_REMINDERS,
        "Påminnelse: formulär för {period} {år}, {enhet}",
        "Hej {mottagare}!\n\n"
        "Det gäller {enhet}.\n\n"
        "{läget}\n\n"
        "Har svaret redan kommit i väg kan du bortse från det här mejlet.\n\n"
        "Vänliga hälsningar\n{avsändare}",
    ),
    (
        MAIL_RETURNS,
        "Att komplettera: {enhet}, {period} {år}",
        "Hej {mottagare}!\n\n"
        "Tack för formuläret. Det gäller {enhet}. Det här behöver ses över eller kompletteras:\n\n"
        "{att rätta}\n\n"
        "I den bifogade filen står det på bladet Att åtgärda, och cellerna som det gäller är markerade.\n\n"
        "Skicka tillbaka filen som svar på mejlet senast {sista dag för rättningar}.\n\n"
        "Vänliga hälsningar\n{avsändare}",
    ),
    (
        MAIL_RECEIPTS,
        "Kvitto: {enhet}, {period} {år}",
        "Hej {mottagare}!\n\n"
        "Tack, formuläret har kommit. Det gäller {enhet}.\n\n"
        "{så lästes det}\n\n"
        "Så här blir det i rapporten, som det ser ut nu:\n\n"
        "{i rapporten}\n\n"
        "Stämmer något inte: svara på det här mejlet.\n\n"
        "Vänliga hälsningar\n{avsändare}",
    ),
    (
        MAIL_COMPLETIONS,
        "Att komplettera efter återremiss: {enhet}, {period} {år}",
        "Hej {mottagare}!\n\n"
        "{utskott} har behandlat rapporten för {verksamhet} och vill att den kompletteras. "
        "I den bifogade filen står bara det som gäller {enhet}, och på bladet Läs mig vad som saknas.\n\n"
        "Fyll i, spara och skicka filen som svar på mejlet senast {sista dag för rättningar}.\n\n"
        "{resten}\n\n"
        "Vänliga hälsningar\n{avsändare}",
    ),
    (
        MAIL_REPORTS,
        "{rapporttitel}: {verksamhet}, {period} {år}",
        "Hej {mottagare}!\n\n"
        f"Här kommer rapporten för {{verksamhet}}, {{period}} {{år}}. {HANDED_IN}\n\n"
        "Vänliga hälsningar\n{avsändare}",
    ),
)
