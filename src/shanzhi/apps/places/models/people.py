"""Households, people and their kin. ID and phone numbers are sealed; an address never names a person."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.places.models.below import Hamlet, Pointed, whole_point
from shanzhi.apps.places.models.division import PlaceChange
from shanzhi.apps.record.sealing import new_key


class Household(Pointed):
    """Those who are registered or live under one household number in a village.

    `group` is the name of a villager group of the village (`Group`); `longitude` and `latitude` are WGS-84.
    """

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="households")
    number = models.CharField(_("household number"), max_length=40)
    hamlet = models.ForeignKey(
        Hamlet, null=True, blank=True, on_delete=models.PROTECT, related_name="households"
    )
    group = models.CharField(_("villager group"), max_length=30, blank=True)
    address = models.CharField(_("address"), max_length=100, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["place", "number"], name="one_household_a_number"),
            whole_point("household_point_is_whole"),
        ]

    def __str__(self) -> str:
        return self.number


class FormerHousehold(models.Model):
    """Where a household was, and under which number, before its village was merged or split."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="former")
    change = models.ForeignKey(PlaceChange, on_delete=models.PROTECT, related_name="households")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="former_households")
    number = models.CharField(max_length=40)
    group = models.CharField(max_length=30, blank=True)
    until = models.DateField()  # the last day

    class Meta:
        ordering = ["until"]
        constraints = [
            models.UniqueConstraint(fields=["household", "change"], name="one_move_a_household_and_change")
        ]

    def __str__(self) -> str:
        return self.number


class Person(models.Model):
    """A person of a village: registered there, living there, or both."""

    class Residence(models.TextChoices):
        RESIDENT = "resident", _("registered and living here")
        AWAY = "away", _("registered here, living elsewhere")
        OUTSIDER = "outsider", _("living here, registered elsewhere")

    class Party(models.TextChoices):
        NONE = "none", _("not a member")
        FULL = "full", _("full member")
        PROBATIONARY = "probationary", _("probationary member")

    class Education(models.TextChoices):
        """The levels of GB/T 4658 as a county office counts them. Nobody asked: "" (unknown, which is no level)."""

        NONE = "none", _("no schooling")
        PRIMARY = "primary", _("primary school")
        JUNIOR = "junior", _("junior middle school")
        SENIOR = "senior", _("senior middle or vocational school")
        COLLEGE = "college", _("junior college")
        BACHELOR = "bachelor", _("bachelor's degree")
        GRADUATE = "graduate", _("postgraduate")

    class Left(models.TextChoices):
        MOVED = "moved", _("moved away")
        DIED = "died", _("died")
        WRONG = "wrong", _("entered by mistake")
        MERGED = "merged", _("merged into another entry")

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="people")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="people")
    name = models.CharField(_("name"), max_length=40)
    sex = models.CharField(_("sex"), max_length=1, choices=[("m", _("man")), ("f", _("woman"))])
    # Nothing once the entry has been made anonymous: the key is all that stays.
    born = models.DateField(_("date of birth"), null=True)
    residence = models.CharField(_("residence"), max_length=10, choices=Residence.choices)
    # Since when this residence has held. Earlier ones are rows of PastResidence: each fact stands in one place.
    residence_since = models.DateField(_("residence as above since"), null=True, blank=True)
    here_since = models.DateField(_("living or working here since"), null=True, blank=True)
    education = models.CharField(_("education"), max_length=10, choices=Education.choices, blank=True)
    party = models.CharField(_("Party standing"), max_length=12, choices=Party.choices, default=Party.NONE)
    rights_removed = models.BooleanField(_("political rights removed"), default=False)
    is_head = models.BooleanField(_("head of household"), default=False)
    id_sealed = models.BinaryField(null=True, editable=False)  # opened only through record.sealing
    id_look_up = models.CharField(max_length=80, null=True, editable=False)
    id_tail = models.CharField(max_length=60, null=True, editable=False)  # keyed hash of the last four
    phone_sealed = models.BinaryField(null=True, editable=False)
    left = models.CharField(max_length=8, choices=Left.choices, blank=True)
    left_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged", editable=False
    )
    forgotten_on = models.DateField(null=True, blank=True, editable=False)  # made anonymous (PIPL-47)
    version = models.PositiveIntegerField(default=1)  # two clerks at once: the second is told, not overruled

    class Meta:
        ordering = ["household__number", "born", "id"]
        indexes = [
            models.Index(fields=["place", "name"]),
            models.Index(fields=["id_look_up"]),
            models.Index(fields=["id_tail"], name="people_by_last_four"),
            # A search by name, and the finder of duplicates, read this and not the wide rows.
            models.Index(fields=["name", "born", "left", "place"], name="people_by_name"),
            # A list under any filters counts and sorts by this alone.
            models.Index(
                fields=["left", "place", "household", "sex", "born", "party", "education", "residence"],
                name="people_by_place",
            ),
        ]
        constraints = [
            # One living entry a number: a person is never in the county twice.
            models.UniqueConstraint(
                fields=["id_look_up"], condition=models.Q(left=""), name="one_person_an_id_number"
            ),
            models.CheckConstraint(
                name="left_has_its_day",
                condition=models.Q(left="", left_on=None)
                | (~models.Q(left="") & models.Q(left_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="merged_says_into_whom",
                condition=models.Q(left="merged", merged_into__isnull=False)
                | (~models.Q(left="merged") & models.Q(merged_into=None)),
            ),
            # Only someone who has left is made anonymous, and only then the birth date may be missing.
            models.CheckConstraint(
                name="forgotten_or_known",
                condition=models.Q(forgotten_on=None, born__isnull=False)
                | (models.Q(forgotten_on__isnull=False, born=None, name="") & ~models.Q(left="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def age_on(self, day: date) -> int:
        """Full years of age on `day`."""
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))


class Kinship(models.Model):
    """`person` is the `relation` of `other`. Near relatives in law are the first six (KIN-01)."""

    class Relation(models.TextChoices):
        SPOUSE = "spouse", _("spouse")
        PARENT = "parent", _("parent")
        CHILD = "child", _("child")
        SIBLING = "sibling", _("brother or sister")
        GRANDPARENT = "grandparent", _("grandparent")
        GRANDCHILD = "grandchild", _("grandchild")
        UNCLE = "uncle", _("uncle or aunt")
        NEPHEW = "nephew", _("nephew or niece")
        COUSIN = "cousin", _("cousin")
        IN_LAW = "in_law", _("in-law")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="kin")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="kin_of")
    relation = models.CharField(max_length=12, choices=Relation.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "other"], name="one_relation_a_pair"),
            models.CheckConstraint(
                name="nobody_is_his_own_kin", condition=~models.Q(person=models.F("other"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.relation} {self.other_id}"


class KinNotSo(models.Model):
    """A relation that follows from others on record, of which a clerk said: not so. It is not suggested again."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="kin_not_so")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    relation = models.CharField(max_length=12, choices=Kinship.Relation.choices)
    said_by = models.CharField(max_length=16)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "other"], name="one_no_a_pair")]

    def __str__(self) -> str:
        return f"{self.person_id} not {self.relation} {self.other_id}"
