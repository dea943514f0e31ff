"""The tick of copies. It looks at the database; losing one is harmless, and so is a second one."""

from celery import shared_task

from . import actions


@shared_task
def work_off_copies():
    if actions.work_off_copies(limit_seconds=50)["more"]:
        work_off_copies.delay()
