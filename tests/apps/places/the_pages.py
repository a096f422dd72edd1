"""How the tests of pages send a form or a file, and read what comes back."""

from shanzhi.apps.record.models import Event
from tests.cast import make_id_number

NUMBER = make_id_number(1)


def acts():
    return list(Event.objects.order_by("pk").values_list("act", flat=True))


def text_of(answer):
    assert answer.status_code == 200
    return answer.content.decode()
