"""What is told on the page of fetching answers from a mailbox."""

FETCHING, FETCHED, NONE_NEW, NOT_ALL = (
    "Hämtar svar ur brevlådan",
    "Svar är hämtade",
    "Inga nya svar",
    "Något gick inte att hämta",
)
NO_BOX = "Den brevlådan är inte inställd."
