"""The password to the mail server, written once and kept where the computer keeps such."""

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.web import mail_password
from excel_uppsikt.web.render import Notice
from excel_uppsikt.web.visit import Visit


async def keep(visit: Visit) -> Response:
    """Keeps the password. It stands in nothing that the page remembers or shows."""
    account = await run_in_threadpool(mail_password.account)
    if account is None:
        raise CannotRunError(mail_password.NO_ACCOUNT)
    # As it was written: a password may begin or end with a space.
    password = visit.form.get("losenord")
    if not isinstance(password, str) or not password:
        raise CannotRunError(mail_password.NOT_WRITTEN)
    told = await run_in_threadpool(mail_password.keep, "smtp", account.user, password)
    kept = told == mail_password.KEPT
    lines = [mail_password.goes_before(account.variable)] if kept and account.variable else []
    notice = Notice(told, lines, "good" if kept and not lines else "warn")
    job = visit.site.jobs.note(mail_password.KEEPING, notice)
    return RedirectResponse(f"{visit.round.address}/mejl?klart={job.number}", 303)
