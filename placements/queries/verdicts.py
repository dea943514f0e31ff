"""The verdicts on every home in reach, in one statement: each need fits, does not fit, or is not known.

PostgreSQL looks at all of them; the words are written only for the homes of the page that is shown. `matching`
says the same in Python: a table of pairs holds the two against each other.
"""

import re
from dataclasses import dataclass

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import BooleanField, Case, Exists, OuterRef, Q, TextField, Value, When
from django.db.models.expressions import RawSQL

from carers.codes import Pet
from carers.models import AT_MOST, Approval, Carer, Training, TrainingCourse
from carers.models.stay import COUNTED
from carers.queries import lapsed_beside, stays_apart_from
from carers.queries.occupancy import human
from people.models.organisation import current

from .. import matching
from ..codes import Need

PER_PAGE = 20
NOTHING = "(?!)"  # a pattern that no text has
WRITTEN = r"\S"

# The least number of places free on any day from one on. Between two events a weekday stays as it is, so that the
# first such weekdays after each tell all; without claims by weekday the day of the event is enough.
FREE = f"""
(SELECT min(
    coalesce((SELECT l.places FROM carers_placelimit l
               WHERE l.household_id = carers_carer.household_id AND l.period @> d.day LIMIT 1), {AT_MOST})
  - coalesce((SELECT sum(c.places) FROM carers_closure c
               WHERE c.household_id = carers_carer.household_id AND c.period @> d.day), 0)
  - (SELECT count(DISTINCT coalesce(p.identity_id, p.id)) FROM carers_stay s JOIN people_person p ON p.id = s.person_id
      WHERE s.household_id = carers_carer.household_id AND s.state = ANY(%(counted)s) AND s.period @> d.day
        AND (s.weekdays::integer & (1 << (extract(isodow FROM d.day)::integer - 1))) <> 0
        AND (p.date_of_death IS NULL OR d.day <= p.date_of_death) AND coalesce(p.identity_id, p.id) <> %(human)s))
   FROM (SELECT DISTINCT e.day + n AS day
           FROM (SELECT %(on)s::date AS day
           UNION SELECT lower(period) FROM carers_stay WHERE household_id = carers_carer.household_id
           UNION SELECT lower(period) FROM carers_closure WHERE household_id = carers_carer.household_id
           UNION SELECT unnest(ARRAY[lower(period), upper(period)]) FROM carers_placelimit
                  WHERE household_id = carers_carer.household_id) e,
                generate_series(0, CASE WHEN EXISTS (SELECT 1 FROM carers_stay w
                    WHERE w.household_id = carers_carer.household_id AND w.weekdays <> 127
                      AND w.state = ANY(%(counted)s)) THEN 6 ELSE 0 END) n
          WHERE e.day >= %(on)s) d)"""  # noqa: S608
OTHERS = """
(SELECT count(DISTINCT coalesce(p.identity_id, p.id)) FROM carers_stay s JOIN people_person p ON p.id = s.person_id
  WHERE s.household_id = carers_carer.household_id AND s.state = ANY(%(counted)s) AND s.period @> %(on)s::date
    AND (s.weekdays::integer & (1 << (extract(isodow FROM %(on)s::date)::integer - 1))) <> 0
    AND (p.date_of_death IS NULL OR %(on)s::date <= p.date_of_death) AND coalesce(p.identity_id, p.id) <> %(human)s)"""
YES_OR_NO = {
    Need.STEP_FREE: ("step_free", True),
    Need.GROUND_FLOOR: ("ground_floor_bedroom", True),
    Need.WHEELCHAIR: ("wheelchair", True),
    Need.ASSISTANT: ("assistants", True),
    Need.NO_SMOKING: ("smoking", False),
}


@dataclass(frozen=True)
class Verdicts:
    """One page of carers, by id, and how many homes each need fits. `all` counts every carer in reach, `shown` those left.

    `tally` is {code: (fit, do not fit, not known)}.
    """

    ids: list
    all: int
    shown: int
    tally: dict


def verdict(fits, unknown=None):
    """An expression: yes, no or unknown."""
    whens = [When(unknown, then=Value(matching.UNKNOWN))] if unknown is not None else []
    return Case(
        *whens,
        When(fits, then=Value(matching.YES)),
        default=Value(matching.NO),
        output_field=TextField(),
    )


def all_verdicts(wanted, kind, on, person):
    """{code: expression on carers}, in the order in which `matching.compare` says them."""
    found = {**wishes(wanted, on)}
    if wanted.takes_a_place:
        found |= {need.value: access(need) for need in Need if need in wanted.needs and need in YES_OR_NO}
        found |= {
            need.value: pets(unwanted) for need, unwanted in matching.UNWANTED.items() if need in wanted.needs
        }
    if wanted.takes_a_place and Need.ALONE in wanted.needs:
        found["alone"] = verdict(Q(at_home(OTHERS, on, person, "= 0")))
    elif Need.ALONE in wanted.needs:
        found["alone"] = Value(matching.UNKNOWN, output_field=TextField())
    if wanted.takes_a_place:
        period = DateRange(on, None, "[)")
        found["apart"] = verdict(~Exists(stays_apart_from(person, OuterRef("household"), period)))
    colleagues = Carer.objects.active(on).filter(household=OuterRef("household")).exclude(pk=OuterRef("pk"))
    if wanted.two_carers:
        found["two_carers"] = verdict(Exists(colleagues))
    if wanted.skills:
        found["skills"] = of_the_home("skills", wanted.skills, on)
    found["approval"] = verdict(Q(Exists(approvals(kind, on, person)), ended_on=None))
    found["training"] = verdict(
        ~Exists(lacking(on)) & ~Exists(lapsed_beside(on, OuterRef("pk"), OuterRef("household")))
    )
    if wanted.takes_a_place:
        found["room"] = verdict(Q(at_home(FREE, on, person, "> 0")))
    return found


def wishes(wanted, on):
    found = {}
    if wanted.areas:
        near = Q()
        for area in wanted.areas:
            near |= in_area(area)
        found["area"] = verdict(near)
    if wanted.language:
        found["language"] = of_the_home("languages", wanted.language, on)
    if wanted.culture:
        said = pattern(wanted.culture)
        found["culture"] = verdict(
            Q(culture__iregex=said) | Q(faith__iregex=said),
            ~Q(culture__regex=WRITTEN) & ~Q(faith__regex=WRITTEN),
        )
    if wanted.interests:
        unknown = ~Q(interests__regex=WRITTEN)
        found["interests"] = verdict(Q(interests__iregex=pattern(wanted.interests)), unknown)
    return found


def at_home(sql, on, person, holds):
    """A number that PostgreSQL counts at the carer's home, as a condition."""
    facts = {"on": on, "counted": list(COUNTED), "human": human(person)}
    names = re.findall(r"%\((\w+)\)s", sql)
    plain = re.sub(r"%\(\w+\)s", "%s", sql)
    return RawSQL(f"({plain} {holds})", [facts[name] for name in names], output_field=BooleanField())  # noqa: S611


def access(need):
    field, wanted = YES_OR_NO[need]
    return verdict(Q(**{f"household__{field}": wanted}), Q(**{f"household__{field}__isnull": True}))


def pets(unwanted):
    return verdict(
        ~Q(household__pet_kinds__overlap=[Pet(kind).value for kind in unwanted]),
        Q(household__pet_kinds__len=0) | Q(household__pet_kinds=[]),
    )


def of_the_home(field, wanted, on):
    """What is said of any carer at work in the home."""
    carers = Carer.objects.active(on).filter(household=OuterRef("household"))
    return verdict(
        Exists(carers.filter(**{f"{field}__iregex": pattern(wanted)})),
        ~Exists(carers.filter(**{f"{field}__regex": WRITTEN})),
    )


def pattern(wanted):
    """Any of the words that `matching.words_shared` would count."""
    words = sorted(matching.plain_words(wanted))
    return rf"\m({'|'.join(words)})\M" if words else NOTHING


def in_area(area):
    """The same as `matching.in_area`, of a home's postcode and its council's name."""
    area, words = area.strip(), matching.plain_words(area)
    near = Q(household__council__name__iexact=area) | Q(household__postcode__istartswith=f"{area} ")
    if area.isalpha():
        near |= Q(household__postcode__iregex=f"^{area}[0-9]") | Q(
            household__council__name__iregex=f"^{area}[0-9]"
        )
    if len(words) == 1:
        near |= Q(household__postcode__istartswith=f"{next(iter(words))} ")
    if words:
        whole = Q()
        for word in words:
            whole &= Q(household__council__name__iregex=rf"\m{word}\M")
        near |= whole
    return near


def approvals(kind, on, person):
    """Approvals that let a carer take this person in for this kind, on a day."""
    return Approval.objects.filter(
        current(on), Q(only_for=None) | Q(only_for=person), carer=OuterRef("pk"), kinds__contains=[kind]
    )


def lacking(on):
    """The mandatory courses that are not current for a carer."""
    lasting = Training.objects.filter(
        Q(expires_on=None) | Q(expires_on__gt=on),
        carer=OuterRef(OuterRef("pk")),
        course=OuterRef("pk"),
        done_on__lte=on,
    )
    return TrainingCourse.objects.filter(~Exists(lasting), mandatory=True).order_by("name")


def verdicts(rows, wanted, kind, on, person, must=(), page=1):
    """Hold every carer of `rows` (with `known`) against what is wanted: one statement, however many.

    `must` names needs that have to fit. Those the person knows come first, then those with the fewest needs that do
    not fit, then the fewest that are not known, then by name.
    """
    found = all_verdicts(wanted, kind, on, person)
    must = [code for code in must if code in found]
    named = {f"v_{code}": expression for code, expression in found.items()}
    inner, params = (
        rows.order_by()
        .annotate(**named)
        .values("id", "known", "family_name", "given_name", *named)
        .query.sql_with_params()
    )
    with connection.cursor() as cursor:
        cursor.execute(
            statement(inner, list(named), [f"v_{code}" for code in must]),
            [*params, PER_PAGE, (page - 1) * PER_PAGE],
        )
        lines = cursor.fetchall()
    count, shown, *counts = lines[0][1:]
    tally = {code: tuple(counts[3 * n : 3 * n + 3]) for n, code in enumerate(found)}
    if not tally.get("apart", (0, 1))[1]:
        del tally["apart"]  # silent until it stands in the way
    return Verdicts([line[0] for line in lines if line[0]], count, shown, tally)


def statement(inner, names, must):
    """The whole question. Column names come from code lists, never from what was typed."""
    says = lambda name, fit: f"({name} = '{fit}')"  # noqa: E731
    counts = [
        f"count(*) FILTER (WHERE {says(name, fit)})"
        for name in names
        for fit in (matching.YES, matching.NO, matching.UNKNOWN)
    ]
    columns = [f"n{n}" for n in range(len(counts))]
    left = " AND ".join(says(name, matching.YES) for name in must) or "true"
    against = " + ".join(f"{says(name, matching.NO)}::integer" for name in names)
    unknown = " + ".join(f"{says(name, matching.UNKNOWN)}::integer" for name in names)
    return f"""
WITH held AS MATERIALIZED ({inner}),
tally AS (SELECT count(*) AS every_one, count(*) FILTER (WHERE {left}) AS shown,
    {", ".join(f"{count} AS {column}" for count, column in zip(counts, columns, strict=True))} FROM held),
page AS (SELECT id, row_number() OVER (ORDER BY NOT known, {against}, {unknown}, family_name, given_name, id) AS place
    FROM held WHERE {left} ORDER BY place LIMIT %s OFFSET %s)
SELECT page.id, every_one, shown, {", ".join(columns)} FROM tally LEFT JOIN page ON true ORDER BY page.place
"""  # noqa: S608
